package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plays SageMaker and CloudWatch with the shapes of their API references (CreateModel, CreateEndpointConfig,
 * CreateEndpoint, UpdateEndpoint, UpdateEndpointWeightsAndCapacities, DescribeEndpoint, ListTags, AddTags, ...,
 * GetMetricData). An endpoint changes for two looks. Every signature is computed anew, by the published algorithm and
 * without the code under test.
 */
final class SageMakerService implements AutoCloseable {

    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String ARN = "arn:aws:sagemaker:eu-central-1:123456789012:";

    static {
        // The JDK's server waits 40 ms for each answer's second packet otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    final Map<String, ObjectNode> models = new TreeMap<>();
    final Map<String, ObjectNode> configs = new TreeMap<>();
    final Map<String, ObjectNode> endpoints = new TreeMap<>();
    private final Map<String, ArrayNode> tags = new TreeMap<>();
    final List<String> actions = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    private int looks;
    private String next = "";
    private String refused = "";
    private int throttled;

    SageMakerService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sagemaker");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on this action is denied. */
    void deny(String action) {
        refused = action;
    }

    /** The next so many requests are too many. */
    void throttle(int requests) {
        throttled = requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target.substring(target.indexOf('.') + 1);
            ObjectNode answer = Json.mapper().createObjectNode();
            int status = 200;
            synchronized (this) {
                check(exchange, body, target);
                actions.add(action);
                if (throttled > 0) {
                    throttled--;
                    status = 400;
                    answer.put("__type", "ThrottlingException").put("message", "Rate exceeded");
                } else if (action.equals(refused)) {
                    status = 400;
                    answer.put("__type", "AccessDeniedException")
                            .put(
                                    "Message",
                                    "User: arn:aws:iam::123456789012:user/ci is not authorized to perform " + action);
                } else {
                    try {
                        answer(action, Json.mapper().readTree(body), answer);
                    } catch (IllegalStateException refusal) {
                        status = 400;
                        answer.removeAll();
                        answer.put("__type", "ValidationException").put("message", refusal.getMessage());
                    }
                }
            }
            byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private void check(HttpExchange exchange, String body, String target) {
        var headers = exchange.getRequestHeaders();
        boolean watch = target.startsWith("GraniteServiceVersion20100801.");
        String scope = headers.getFirst("X-Amz-Date").substring(0, 8) + "/eu-central-1/"
                + (watch ? "monitoring" : "sagemaker") + "/aws4_request";
        String type = watch ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
        String canonical = "POST\n/\n\ncontent-type:" + type + "\nhost:" + headers.getFirst("Host") + "\nx-amz-date:"
                + headers.getFirst("X-Amz-Date") + "\nx-amz-security-token:session-token\nx-amz-target:" + target
                + "\n\ncontent-type;host;x-amz-date;x-amz-security-token;x-amz-target\n" + hash(body);
        String toSign = "AWS4-HMAC-SHA256\n" + headers.getFirst("X-Amz-Date") + "\n" + scope + "\n" + hash(canonical);
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope.split("/", -1))) {
            key = mac(key, part);
        }
        String signature = HexFormat.of().formatHex(mac(key, toSign));
        if (!exchange.getRequestMethod().equals("POST")
                || !headers.getFirst("Content-Type").equals(type)
                || !headers.getFirst("Authorization").endsWith("Signature=" + signature)
                || !headers.getFirst("Authorization").contains("Credential=AKIDEXAMPLE/" + scope)) {
            wrong.add(target + " " + headers.getFirst("Authorization"));
        }
    }

    private void answer(String action, JsonNode request, ObjectNode answer) {
        switch (action) {
            case "CreateModel" -> keep("model", "Model", models, request, answer);
            case "CreateEndpointConfig" -> keep("endpoint-config", "EndpointConfig", configs, request, answer);
            case "CreateEndpoint" -> {
                ObjectNode endpoint = keep("endpoint", "Endpoint", endpoints, request, answer);
                change(endpoint, "Creating", request.path("EndpointConfigName").asText());
            }
            case "UpdateEndpoint" -> {
                ObjectNode endpoint = settled(request);
                change(endpoint, "Updating", request.path("EndpointConfigName").asText());
                answer.put("EndpointArn", endpoint.path("EndpointArn").asText());
            }
            case "UpdateEndpointWeightsAndCapacities" -> {
                ObjectNode endpoint = settled(request);
                endpoint.set("Weights", request.path("DesiredWeightsAndCapacities"));
                change(endpoint, "Updating", endpoint.path("EndpointConfigName").asText());
            }
            case "DescribeEndpoint" -> answer.setAll(described(found(endpoints, request, "EndpointName")));
            case "DescribeEndpointConfig" -> answer.setAll(found(configs, request, "EndpointConfigName"));
            case "DescribeModel" -> answer.setAll(found(models, request, "ModelName"));
            case "DeleteEndpoint" -> {
                settled(request);
                endpoints.remove(request.path("EndpointName").asText());
            }
            case "DeleteEndpointConfig" ->
                configs.remove(request.path("EndpointConfigName").asText());
            case "DeleteModel" -> models.remove(request.path("ModelName").asText());
            case "ListEndpointConfigs" -> answer.putArray("EndpointConfigs").addAll(configs.values());
            case "ListModels" -> answer.putArray("Models").addAll(models.values());
            case "ListTags" ->
                answer.set("Tags", tags.get(request.path("ResourceArn").asText()));
            case "AddTags" -> {
                ArrayNode known = tags.get(request.path("ResourceArn").asText());
                for (JsonNode tag : request.path("Tags")) {
                    for (int i = known.size() - 1; i >= 0; i--) {
                        if (known.get(i).path("Key").equals(tag.path("Key"))) {
                            known.remove(i);
                        }
                    }
                    known.add(tag);
                }
            }
            case "GetMetricData" -> figures(request, answer.putArray("MetricDataResults"));
            default -> throw new IllegalStateException("no such action " + action);
        }
    }

    private ObjectNode keep(
            String arn, String kind, Map<String, ObjectNode> into, JsonNode request, ObjectNode answer) {
        String name = request.path(kind + "Name").asText();
        if (into.containsKey(name) || !name.matches("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")) {
            throw new IllegalStateException(
                    "Cannot create already existing " + arn + " \"" + ARN + arn + "/" + name + "\".");
        }
        ObjectNode kept = request.deepCopy();
        String full = ARN + arn + "/" + name;
        tags.put(full, (ArrayNode) kept.remove("Tags"));
        kept.put(kind + "Arn", full);
        into.put(name, kept);
        answer.put(kind + "Arn", full);
        return kept;
    }

    private static ObjectNode found(Map<String, ObjectNode> in, JsonNode request, String key) {
        ObjectNode found = in.get(request.path(key).asText());
        if (found == null) {
            throw new IllegalStateException(
                    "Could not find \"" + request.path(key).asText() + "\".");
        }
        return found;
    }

    private ObjectNode settled(JsonNode request) {
        ObjectNode endpoint = found(endpoints, request, "EndpointName");
        if (looks > 0) {
            throw new IllegalStateException("Cannot update in-progress endpoint");
        }
        return endpoint;
    }

    private void change(ObjectNode endpoint, String status, String config) {
        found(configs, Json.mapper().createObjectNode().put("c", config), "c");
        endpoint.put("EndpointStatus", status);
        endpoint.remove("FailureReason");
        next = config;
        looks = 2;
    }

    private ObjectNode described(ObjectNode endpoint) {
        if (looks > 0 && --looks == 0) {
            boolean first = endpoint.path("EndpointStatus").asText().equals("Creating");
            boolean bad = configs.get(next).path("ProductionVariants").findValuesAsText("ModelName").stream()
                    .anyMatch(model ->
                            models.get(model).findPath("Image").asText().contains("/bad"));
            if (bad) {
                endpoint.put("EndpointStatus", first ? "Failed" : "InService");
                endpoint.put(
                        "FailureReason",
                        "The primary container for production variant did not pass the ping health check.");
            } else {
                endpoint.put("EndpointStatus", "InService");
                endpoint.put("EndpointConfigName", next);
            }
        }
        return endpoint;
    }

    private static void figures(JsonNode request, ArrayNode results) {
        Map<String, Double> values =
                Map.of("requests", 200.0, "errors", 10.0, "p50", 12_000.0, "p95", 45_500.0, "p99", 90_000.0);
        for (JsonNode query : request.path("MetricDataQueries")) {
            String id = query.path("Id").asText();
            double value = values.get(id.substring(id.indexOf('_') + 1));
            boolean candidate = id.startsWith("candidate");
            ObjectNode result = results.addObject().put("Id", id).put("StatusCode", "Complete");
            result.putArray("Values").add(candidate ? value : value / 2).add(0);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
