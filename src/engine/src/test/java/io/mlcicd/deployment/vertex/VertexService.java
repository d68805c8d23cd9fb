package io.mlcicd.deployment.vertex;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * Plays Vertex AI with the shapes of its REST reference, v1 (endpoints.create, list, patch, deployModel, undeployModel,
 * delete; models.upload, list, get, delete; operations.get). Operations are done at the second look.
 */
final class VertexService implements AutoCloseable {

    static final String LOCATION = "projects/acme/locations/europe-west4";

    static {
        // The JDK's server waits 40 ms for each answer's second packet otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    final Map<String, ObjectNode> endpoints = new TreeMap<>();
    final Map<String, ObjectNode> models = new TreeMap<>();
    private final Map<String, ObjectNode> operations = new TreeMap<>();
    final List<String> requests = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    private int number;
    private String refused = "";

    VertexService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "vertex");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void deny(String part) {
        refused = part;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            ObjectNode answer;
            int status = 200;
            synchronized (this) {
                requests.add(line);
                boolean typed = body.length == 0
                        || "application/json"
                                .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
                if (!typed
                        || !"Bearer a-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    wrong.add(line);
                }
                if (!refused.isEmpty() && line.contains(refused)) {
                    status = 403;
                    answer = error(403, "PERMISSION_DENIED", "Permission 'aiplatform.models.upload' denied");
                } else {
                    try {
                        answer = answer(
                                exchange,
                                body.length == 0 ? null : Json.mapper().readTree(body));
                    } catch (IllegalStateException refusal) {
                        status = 400;
                        answer = error(400, "FAILED_PRECONDITION", refusal.getMessage());
                    }
                }
            }
            byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private static ObjectNode error(int code, String status, String message) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.putObject("error").put("code", code).put("message", message).put("status", status);
        return answer;
    }

    private ObjectNode answer(HttpExchange exchange, JsonNode body) {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String method = exchange.getRequestMethod();
        if (path.equals("projects/acme/timeSeries")) {
            return series(query);
        }
        if (path.contains("/operations/")) {
            return operation(path);
        }
        if (path.equals(LOCATION + "/endpoints") || path.equals(LOCATION + "/models")) {
            boolean listsModels = path.endsWith("models");
            if (method.equals("GET")) {
                if (!query.startsWith("filter=labels.ml-cicd-deployment=\"weather\"")) {
                    wrong.add(query);
                }
                ObjectNode list = Json.mapper().createObjectNode();
                list.putArray(listsModels ? "models" : "endpoints").addAll((listsModels ? models : endpoints).values());
                return list;
            }
            ObjectNode endpoint = body.deepCopy();
            endpoint.put("name", LOCATION + "/endpoints/" + (1000 + number++));
            endpoints.put(endpoint.path("name").asText(), endpoint);
            return begin(named(endpoint.path("name").asText()));
        }
        if (path.equals(LOCATION + "/models:upload")) {
            ObjectNode model = body.path("model").deepCopy();
            String name = LOCATION + "/models/" + (2000 + number++);
            model.put("name", name);
            models.put(name, model);
            return begin(Json.mapper().createObjectNode().put("model", name));
        }
        if (path.contains("/models/")) {
            if (method.equals("DELETE")) {
                boolean used = endpoints.values().stream()
                        .anyMatch(one -> one.toString().contains('"' + path + '"'));
                if (used) {
                    throw new IllegalStateException("Model is deployed");
                }
                models.remove(path);
                return begin(Json.mapper().createObjectNode());
            }
            return models.get(path);
        }
        return endpoint(path, method, query, body);
    }

    /** As Cloud Monitoring answers projects.timeSeries.list, v3. */
    private static ObjectNode series(String query) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode list = answer.putArray("timeSeries");
        if (query.contains("online/response_count\"") && query.contains("perSeriesAligner=ALIGN_SUM")) {
            for (String code : List.of("2xx", "5xx")) {
                ObjectNode one = list.addObject();
                one.putObject("metric").putObject("labels").put("response_code", code);
                one.putArray("points")
                        .addObject()
                        .putObject("value")
                        .put("int64Value", code.equals("2xx") ? "38" : "2");
            }
        } else if (query.contains("online/prediction_latencies\"") && query.contains("ALIGN_PERCENTILE_")) {
            for (String type : List.of("model", "total")) {
                ObjectNode one = list.addObject();
                one.putObject("metric").putObject("labels").put("latency_type", type);
                one.putArray("points")
                        .addObject()
                        .putObject("value")
                        .put("doubleValue", type.equals("total") ? 31.5 : 99);
            }
        }
        return answer;
    }

    private ObjectNode endpoint(String path, String method, String query, JsonNode body) {
        String name = path.replaceAll(":.*", "");
        ObjectNode endpoint = endpoints.get(name);
        if (method.equals("PATCH")) {
            for (String field : query.substring("updateMask=".length()).split(",", -1)) {
                endpoint.set(field, body.path(field));
            }
            int sum = 0;
            for (var share : endpoint.path("trafficSplit").properties()) {
                sum += share.getValue().asInt();
            }
            if (sum != 0 && sum != 100) {
                throw new IllegalStateException("Traffic split must sum to 100");
            }
            return endpoint;
        }
        if (method.equals("DELETE")) {
            if (!endpoint.path("deployedModels").isEmpty()) {
                throw new IllegalStateException("Endpoint has deployed or being-deployed DeployedModels");
            }
            endpoints.remove(name);
            return begin(Json.mapper().createObjectNode());
        }
        if (path.endsWith(":undeployModel")) {
            String id = body.path("deployedModelId").asText();
            if (endpoint.path("trafficSplit").path(id).asInt() > 0
                    && endpoint.path("deployedModels").size() > 1) {
                throw new IllegalStateException("The DeployedModel still has traffic");
            }
            ArrayNode deployed = (ArrayNode) endpoint.path("deployedModels");
            for (int i = deployed.size() - 1; i >= 0; i--) {
                if (deployed.get(i).path("id").asText().equals(id)) {
                    deployed.remove(i);
                }
            }
            return begin(Json.mapper().createObjectNode());
        }
        ObjectNode deployed = body.path("deployedModel").deepCopy();
        if (models.get(deployed.path("model").asText())
                .findPath("imageUri")
                .asText()
                .contains("/bad")) {
            ObjectNode operation = begin(Json.mapper().createObjectNode());
            operations
                    .get(operation.path("name").asText())
                    .putObject("error")
                    .put("code", 9)
                    .put(
                            "message",
                            "Model server never became ready. Please validate that your model file or container"
                                    + " configuration are valid.");
            return operation;
        }
        deployed.put("id", Integer.toString(3000 + number++));
        endpoint.withArray("deployedModels").add(deployed);
        ObjectNode response = Json.mapper().createObjectNode();
        response.putObject("deployedModel").put("id", deployed.path("id").asText());
        return begin(response);
    }

    private static ObjectNode named(String name) {
        return Json.mapper().createObjectNode().put("name", name);
    }

    private ObjectNode begin(ObjectNode response) {
        String name = LOCATION + "/operations/" + (9000 + number++);
        ObjectNode operation = named(name);
        operation.set("response", response);
        operations.put(name, operation);
        return named(name);
    }

    private ObjectNode operation(String name) {
        ObjectNode operation = operations.get(name);
        if (!operation.has("seen")) {
            operation.put("seen", true);
            return named(name);
        }
        ObjectNode done = operation.deepCopy();
        done.remove("seen");
        if (done.has("error")) {
            done.remove("response");
        }
        return done.put("done", true);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
