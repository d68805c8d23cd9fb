package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * TensorFlow Serving's REST API: "Model status API", "Model Metadata API" and "Predict API" of {@code api_rest.md}
 * (tensorflow/serving). Requests are in the row format ({@code instances}), or columnar where the example is.
 */
record TensorFlowServing(String model) implements ProtocolDialect {

    private static final String SIGNATURE = "serving_default";

    @Override
    public Optional<String> notReady(ServiceClient service) throws InterruptedException {
        Optional<String> refused = ProtocolDialect.notReady(service, path());
        if (refused.isPresent()) {
            return refused;
        }
        JsonNode versions = service.json(path())
                .orElse(JsonNodeFactory.instance.objectNode())
                .path("model_version_status");
        for (JsonNode version : versions) {
            if (version.path("state").asText().equals("AVAILABLE")) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "GET " + path() + " tells of no version that is AVAILABLE: " + Answer.shortened(versions.toString()));
    }

    private String path() {
        return "/v1/models/" + model;
    }

    @Override
    public Optional<Prepared> prepare(ServiceClient service, Optional<ExampleInput> example)
            throws InterruptedException {
        String predict = path() + ":predict";
        if (example.isPresent() && example.get() instanceof ExampleInput.Ready ready) {
            return Optional.of(new Prepared(predict, ready.body(), ready.rows()));
        }
        List<Tensor> declared = declared(service.json(path() + "/metadata"));
        if (example.isPresent() && example.get() instanceof ExampleInput.Table table) {
            boolean oneMatrix = declared.size() == 1
                    && !table.columns().contains(declared.get(0).name());
            return Optional.of(new Prepared(predict, instances(table, oneMatrix), table.rows()));
        }
        List<Tensor> tensors =
                example.map(given -> ((ExampleInput.Tensors) given).tensors()).orElse(declared);
        if (tensors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Prepared(predict, body(tensors), new ExampleInput.Tensors(tensors).rows()));
    }

    private static List<Tensor> declared(Optional<JsonNode> metadata) {
        List<Tensor> inputs = new ArrayList<>();
        metadata.ifPresent(all -> all.at("/metadata/signature_def/signature_def/" + SIGNATURE + "/inputs")
                .properties()
                .forEach(input -> {
                    List<Long> shape = new ArrayList<>();
                    input.getValue()
                            .at("/tensor_shape/dim")
                            .forEach(size -> shape.add(size.path("size").asLong()));
                    inputs.add(Tensor.neutral(
                            input.getKey(), input.getValue().path("dtype").asText(), shape));
                }));
        return inputs;
    }

    private static JsonNode instances(ExampleInput.Table table, boolean oneMatrix) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode instances = body.putArray("instances");
        for (List<JsonNode> row : table.data()) {
            if (oneMatrix) {
                instances.addArray().addAll(row);
            } else {
                ObjectNode instance = instances.addObject();
                for (int i = 0; i < row.size(); i++) {
                    instance.set(table.columns().get(i), row.get(i));
                }
            }
        }
        return body;
    }

    private static JsonNode body(List<Tensor> tensors) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (tensors.size() == 1) {
            body.set("instances", tensors.get(0).nested());
        } else {
            ObjectNode inputs = body.putObject("inputs");
            tensors.forEach(tensor -> inputs.set(tensor.name(), tensor.nested()));
        }
        return body;
    }

    @Override
    public Optional<String> wrong(JsonNode answer, int rows) {
        boolean columnar = answer.has("outputs") && !answer.has("predictions");
        String key = columnar ? "outputs" : "predictions";
        return AnswerValues.wrongPredictions(key, answer.path(key), rows);
    }
}
