package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Enough of a Kubernetes API server for one namespace: create, read, list by labels, replace with a resource version, merge
 * patch, server-side apply with its ownership of fields, dry run, delete; by the Kubernetes API conventions and the page
 * "Server-Side Apply". What is applied or created is kept as it came, for the tests to hold against the published schemas.
 */
final class ApiServer implements AutoCloseable {

    static {
        // The JDK's server waits 40 ms for each answer's second packet otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, Map<String, String>> applied = new HashMap<>();
    private final AtomicLong version = new AtomicLong();
    final List<ObjectNode> written = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private volatile String refused = "";

    ApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "api server");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on whatever has this in its method and path is forbidden. */
    void refuse(String part) {
        refused = part;
    }

    /** Changes an object behind everybody's back. */
    synchronized void overwrite(String key, ObjectNode object) {
        store(key, object, true);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode answer;
            int status = 200;
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            try {
                synchronized (this) {
                    requests.add(line);
                    if (!refused.isEmpty() && line.contains(refused)) {
                        throw new Refusal(403, "Forbidden", "user \"tester\" cannot " + line);
                    }
                    answer = answer(exchange, path, body);
                }
            } catch (Refusal refusal) {
                status = refusal.code;
                answer = refusal.status();
            }
            byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private JsonNode answer(HttpExchange exchange, String[] path, byte[] body) throws Refusal, IOException {
        int at = Arrays.asList(path).indexOf("namespaces") + 2;
        String plural = path[at];
        String name = path.length > at + 1 ? path[at + 1] : "";
        boolean statusOnly = path.length > at + 2 && path[at + 2].equals("status");
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        boolean dry = query.getOrDefault("dryRun", "").equals("All");
        String key = plural + "/" + name;
        return switch (exchange.getRequestMethod()) {
            case "GET" -> name.isEmpty() ? list(plural, query) : found(key).deepCopy();
            case "POST" -> {
                ObjectNode object = (ObjectNode) Json.mapper().readTree(body);
                String fresh = plural + "/" + Manifests.name(object);
                if (objects.containsKey(fresh)) {
                    throw new Refusal(409, "AlreadyExists", fresh + " already exists");
                }
                written.add(object.deepCopy());
                yield store(fresh, object, true);
            }
            case "PUT" -> {
                ObjectNode object = (ObjectNode) Json.mapper().readTree(body);
                String read = object.path("metadata").path("resourceVersion").asText("");
                if (!read.isEmpty()
                        && !read.equals(found(key)
                                .path("metadata")
                                .path("resourceVersion")
                                .asText())) {
                    throw new Refusal(409, "Conflict", "the object has been modified");
                }
                yield store(key, object, true);
            }
            case "PATCH" -> {
                String type = exchange.getRequestHeaders().getFirst("Content-Type");
                ObjectNode change = (ObjectNode) Json.mapper().readTree(body);
                if (type.startsWith("application/apply-patch+yaml")) {
                    if (!query.containsKey("fieldManager")) {
                        throw new Refusal(422, "Invalid", "fieldManager is required for apply patch");
                    }
                    yield apply(key, change, dry);
                }
                ObjectNode object = found(key).deepCopy();
                merge(object, change);
                yield store(key, object, !statusOnly);
            }
            case "DELETE" -> {
                found(key);
                applied.remove(key);
                yield objects.remove(key);
            }
            default -> throw new Refusal(405, "MethodNotAllowed", "no such method");
        };
    }

    private ObjectNode apply(String key, ObjectNode change, boolean dry) {
        ObjectNode object = objects.containsKey(key)
                ? objects.get(key).deepCopy()
                : Json.mapper().createObjectNode();
        Map<String, String> fields = ObjectDiff.fields(change);
        applied.getOrDefault(key, Map.of()).keySet().stream()
                .filter(field -> !fields.containsKey(field) && !field.contains("["))
                .forEach(field -> remove(object, field));
        merge(object, change);
        if (dry) {
            return object;
        }
        written.add(change.deepCopy());
        applied.put(key, fields);
        return store(key, object, true);
    }

    /** Field names here may have dots, so a path is matched from its longest beginning on. */
    private static void remove(ObjectNode object, String path) {
        if (object.has(path)) {
            object.remove(path);
            return;
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (object.path(path.substring(0, dot)) instanceof ObjectNode inner) {
                remove(inner, path.substring(dot + 1));
            }
        }
    }

    private static void merge(ObjectNode into, ObjectNode change) {
        change.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner
                    && into.path(field.getKey()) instanceof ObjectNode old) {
                merge(old, inner);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    private ObjectNode store(String key, ObjectNode object, boolean generation) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        ObjectNode before = objects.get(key);
        if (before == null) {
            metadata.put("creationTimestamp", Instant.now().toString());
            metadata.put("generation", 1);
        } else if (generation && !before.path("spec").equals(object.path("spec"))) {
            metadata.put(
                    "generation", before.path("metadata").path("generation").asLong() + 1);
        }
        metadata.put("resourceVersion", Long.toString(version.incrementAndGet()));
        objects.put(key, object);
        return object.deepCopy();
    }

    private ObjectNode found(String key) throws Refusal {
        ObjectNode object = objects.get(key);
        if (object == null) {
            throw new Refusal(404, "NotFound", key + " not found");
        }
        return object;
    }

    private JsonNode list(String plural, Map<String, String> query) {
        ObjectNode list =
                Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.putObject("metadata");
        var items = list.putArray("items");
        String[] wanted = query.getOrDefault("labelSelector", "").split(",", -1);
        String field = query.getOrDefault("fieldSelector", "");
        objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(plural + "/"))
                .map(Map.Entry::getValue)
                .filter(object -> Stream.of(wanted).allMatch(one -> one.isEmpty() || has(object, one)))
                .filter(object -> field.isEmpty()
                        || field.equals("involvedObject.name="
                                + object.path("involvedObject").path("name").asText()))
                .forEach(object -> items.add(object.deepCopy()));
        return list;
    }

    private static boolean has(JsonNode object, String label) {
        int equal = label.indexOf('=');
        return object.path("metadata")
                .path("labels")
                .path(label.substring(0, equal))
                .asText()
                .equals(label.substring(equal + 1));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equal = pair.indexOf('=');
                query.put(
                        pair.substring(0, equal), URLDecoder.decode(pair.substring(equal + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String reason;

        Refusal(int code, String reason, String message) {
            super(message);
            this.code = code;
            this.reason = reason;
        }

        JsonNode status() throws JsonProcessingException {
            return Json.mapper()
                    .createObjectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "Status")
                    .put("status", "Failure")
                    .put("message", getMessage())
                    .put("reason", reason)
                    .put("code", code);
        }
    }
}
