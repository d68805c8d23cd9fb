package io.mlcicd.cloud;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests by AWS Signature Version 4 ("Create a signed AWS API request", AWS IAM user guide). */
final class SigV4 {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SigV4() {}

    /**
     * The headers to send: those given, {@code X-Amz-Date}, the session's token and {@code Authorization}.
     *
     * @param service the name the service signs by, such as {@code sagemaker}
     */
    static Map<String, String> sign(
            AwsCredentials credentials,
            String region,
            String service,
            Instant now,
            String method,
            URI uri,
            Map<String, String> headers,
            String body) {
        String time = TIME.format(now);
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        sent.put("X-Amz-Date", time);
        credentials.sessionToken().ifPresent(token -> sent.put("X-Amz-Security-Token", token));
        Map<String, String> canonical = new TreeMap<>();
        sent.forEach((name, value) ->
                canonical.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
        canonical.put("host", host(uri));
        String names = String.join(";", canonical.keySet());
        String request = method + "\n" + (service.equals("s3") ? plain(uri) : path(uri)) + "\n" + query(uri) + "\n"
                + canonical.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + sha256(body);
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(request);
        byte[] key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        sent.put(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
        return sent;
    }

    private static String host(URI uri) {
        boolean standard = uri.getPort() < 0
                || (uri.getPort() == 443 && uri.getScheme().equals("https"))
                || (uri.getPort() == 80 && uri.getScheme().equals("http"));
        return uri.getHost() + (standard ? "" : ":" + uri.getPort());
    }

    /** Amazon S3 signs its paths as they are sent, all others once more encoded. */
    private static String plain(URI uri) {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        if (path == null || path.isEmpty()) {
            return "/";
        }
        return Arrays.stream(path.split("/", -1)).map(SigV4::encode).collect(Collectors.joining("/"));
    }

    private static String query(URI uri) {
        String query = uri.getRawQuery();
        return query == null ? "" : Arrays.stream(query.split("&", -1)).sorted().collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
