package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A real registry (Docker distribution) on a free port of this machine, with its data in a folder. */
public final class Registry implements AutoCloseable {

    public static final String USER = "ci";
    public static final String SECRET = "s3cret-Word";

    /** bcrypt of {@link #SECRET}, as {@code htpasswd -B} writes it; made with crypt(3). */
    private static final String PASSWORDS = USER + ":$2b$05$abcdefghijklmnopqrstuuxwmP4QpMhOYPojw/dWE6DJ9CnGV0H32\n";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final String ACCEPT = "application/vnd.oci.image.manifest.v1+json";

    final int port;
    private final String scheme;
    private final Process process;

    private Registry(int port, String scheme, Process process) {
        this.port = port;
        this.scheme = scheme;
        this.process = process;
    }

    /** One that anybody may push to, over plain http. */
    public static Registry open(Path folder) throws Exception {
        return start(folder, "");
    }

    /** One that asks for a password, over https with a certificate nobody vouches for. */
    public static Registry guarded(Path folder) throws Exception {
        assumeInstalled();
        Files.writeString(folder.resolve("htpasswd"), PASSWORDS);
        writePems(folder, makeCertificate(folder));
        return start(folder, """
                  tls: { certificate: %1$s/certificate.pem, key: %1$s/key.pem }
                auth:
                  htpasswd: { realm: test, path: %1$s/htpasswd }
                """.formatted(folder));
    }

    /** One that asks for a password over plain http. */
    static Registry careless(Path folder) throws Exception {
        assumeInstalled();
        Files.writeString(folder.resolve("htpasswd"), PASSWORDS);
        return start(folder, "auth:\n  htpasswd: { realm: test, path: %s/htpasswd }\n".formatted(folder));
    }

    /** TLS with a certificate nobody vouches for, for a server that only pretends to be a registry. */
    static SSLContext tls(Path folder) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(makeCertificate(folder), "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public String host() {
        return "localhost:" + port;
    }

    /** The digest of the manifest that an independent client is given for this tag. */
    public Digest digestOf(String repository, String tag) throws Exception {
        URI uri = URI.create("http://%s/v2/%s/manifests/%s".formatted(host(), repository, tag));
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri).header("Accept", ACCEPT).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(ACCEPT);
        Digest digest = Digests.of(response.body());
        assertThat(response.headers().firstValue("Docker-Content-Digest")).contains(digest.value());
        return digest;
    }

    /** What an independent client is given: with password, over TLS, in every kind that there is. */
    public byte[] get(String repository, String kind, String name) throws Exception {
        URI uri = URI.create("%s://%s/v2/%s/%s/%s".formatted(scheme, host(), repository, kind, name));
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        String login = Base64.getEncoder().encodeToString((USER + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", ACCEPT)
                .header("Accept", "application/vnd.oci.image.index.v1+json");
        if (scheme.equals("https")) {
            request.header("Authorization", "Basic " + login);
        }
        HttpResponse<byte[]> response = HttpClient.newBuilder()
                .sslContext(trusting)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(uri.toString()).isEqualTo(200);
        return response.body();
    }

    private static final class TrustsAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    int status(String path) throws Exception {
        URI uri = URI.create("http://%s/v2/%s".formatted(host(), path));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "docker-registry is not installed (" + PROGRAM + "), so pushing to a registry was not tested");
    }

    private static Registry start(Path folder, String more) throws Exception {
        assumeInstalled();
        int port = freePort();
        Path configuration = Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: { level: error }
                storage:
                  filesystem: { rootdirectory: %s/storage }
                http:
                  addr: 127.0.0.1:%d
                """.formatted(folder, port) + more);
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Registry registry = new Registry(port, more.contains("tls:") ? "https" : "http", process);
        registry.waitUntilItListens();
        return registry;
    }

    private void waitUntilItListens() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                status("");
                return;
            } catch (ConnectException e) {
                assertThat(process.isAlive()).as("docker-registry runs").isTrue();
                assertThat(System.nanoTime())
                        .as("docker-registry listens in time")
                        .isLessThan(deadline);
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static KeyStore makeCertificate(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "registry",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private static void writePems(Path folder, KeyStore keys) throws Exception {
        writePem(
                folder.resolve("certificate.pem"),
                "CERTIFICATE",
                keys.getCertificate("registry").getEncoded());
        writePem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("registry", "changeit".toCharArray()).getEncoded());
    }

    private static void writePem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body));
    }
}
