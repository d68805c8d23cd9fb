package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The open inference protocol's REST endpoints: Server Ready, Model Metadata and Inference of {@code inference_rest.md}
 * (kserve/open-inference-protocol, version 2).
 */
record OpenInference(String model) implements ProtocolDialect {

    @Override
    public Optional<String> notReady(ServiceClient service) throws InterruptedException {
        Optional<String> server = ProtocolDialect.notReady(service, "/v2/health/ready");
        return server.isPresent() ? server : ProtocolDialect.notReady(service, metadataPath());
    }

    private String metadataPath() {
        return "/v2/models/" + model;
    }

    @Override
    public Optional<Prepared> prepare(ServiceClient service, Optional<ExampleInput> example)
            throws InterruptedException {
        String path = metadataPath() + "/infer";
        if (example.isPresent() && example.get() instanceof ExampleInput.Ready ready) {
            return Optional.of(new Prepared(path, ready.body(), ready.rows()));
        }
        List<Tensor> declared = declared(service.json(metadataPath()));
        List<Tensor> tensors = example.map(given -> tensors(given, declared)).orElse(declared);
        if (tensors.isEmpty()) {
            return Optional.empty();
        }
        int rows = new ExampleInput.Tensors(tensors).rows();
        return Optional.of(new Prepared(path, body(tensors), rows));
    }

    /** The inputs as the server describes them, filled with neutral values. */
    private static List<Tensor> declared(Optional<JsonNode> metadata) {
        List<Tensor> inputs = new ArrayList<>();
        metadata.ifPresent(all -> all.path("inputs").forEach(input -> {
            List<Long> shape = new ArrayList<>();
            input.path("shape").forEach(size -> shape.add(size.asLong()));
            inputs.add(Tensor.neutral(
                    input.path("name").asText(), input.path("datatype").asText(), shape));
        }));
        return inputs;
    }

    private static List<Tensor> tensors(ExampleInput example, List<Tensor> declared) {
        if (example instanceof ExampleInput.Table table) {
            boolean oneMatrix = declared.size() == 1
                    && !table.columns().contains(declared.get(0).name());
            return oneMatrix ? List.of(matrix(table, declared.get(0))) : columns(table, declared);
        }
        List<Tensor> given = ((ExampleInput.Tensors) example).tensors();
        List<Tensor> named = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Tensor tensor = given.get(i);
            Optional<Tensor> model = tensor.name().isEmpty() && i < declared.size()
                    ? Optional.of(declared.get(i))
                    : named(declared, tensor.name());
            String fallback = tensor.name().isEmpty() ? "input-" + i : tensor.name();
            named.add(tensor.as(
                    model.map(Tensor::name).orElse(fallback),
                    model.map(Tensor::datatype).orElse(tensor.datatype())));
        }
        return named;
    }

    /** One input per column, as MLServer's codec for data frames has it. */
    private static List<Tensor> columns(ExampleInput.Table table, List<Tensor> declared) {
        List<Tensor> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i);
            List<JsonNode> values = table.column(i);
            Optional<Tensor> model = named(declared, name);
            boolean flat = model.filter(tensor -> tensor.shape().size() == 1).isPresent();
            columns.add(new Tensor(
                    name,
                    model.map(Tensor::datatype).orElseGet(() -> Tensor.datatype(values)),
                    flat ? List.of((long) values.size()) : List.of((long) values.size(), 1L),
                    values));
        }
        return columns;
    }

    /** All columns beside each other, for a model that takes rows of numbers. */
    private static Tensor matrix(ExampleInput.Table table, Tensor declared) {
        List<JsonNode> values = table.data().stream().flatMap(List::stream).toList();
        List<Long> shape = List.of((long) table.rows(), (long) table.columns().size());
        return new Tensor(declared.name(), declared.datatype(), shape, values);
    }

    private static Optional<Tensor> named(List<Tensor> tensors, String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    private static JsonNode body(List<Tensor> tensors) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode inputs = body.putArray("inputs");
        for (Tensor tensor : tensors) {
            ObjectNode input = inputs.addObject();
            input.put("name", tensor.name());
            ArrayNode shape = input.putArray("shape");
            tensor.shape().forEach(size -> shape.add(size.longValue()));
            input.put("datatype", tensor.datatype());
            input.putArray("data").addAll(tensor.values());
        }
        return body;
    }

    @Override
    public Optional<String> wrong(JsonNode answer, int rows) {
        JsonNode outputs = answer.path("outputs");
        if (!outputs.isArray() || outputs.isEmpty()) {
            return Optional.of("it has no list 'outputs'");
        }
        for (JsonNode output : outputs) {
            Optional<String> wrong = wrongOutput(output, rows);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongOutput(JsonNode output, int rows) {
        String name = output.path("name").asText("");
        if (name.isEmpty()
                || !output.path("datatype").isTextual()
                || !output.path("shape").isArray()) {
            return Optional.of("an output lacks one of 'name', 'datatype' and 'shape'");
        }
        JsonNode data = output.path("data");
        if (!data.isArray()) {
            return Optional.of("the output '" + name + "' has no list 'data'");
        }
        List<JsonNode> values = AnswerValues.flat(data);
        List<Long> shape = new ArrayList<>();
        output.path("shape").forEach(size -> shape.add(size.asLong()));
        if (values.size() != Tensor.size(shape)) {
            return Optional.of("the output '%s' says it has the shape %s, but has %d values"
                    .formatted(name, shape, values.size()));
        }
        long answered = shape.isEmpty() ? 1 : shape.get(0);
        if (rows > 0 && answered != rows) {
            return Optional.of("the output '%s' has %d rows for %d asked".formatted(name, answered, rows));
        }
        String datatype = output.path("datatype").asText();
        boolean numeric = datatype.startsWith("FP") || datatype.startsWith("BF") || datatype.contains("INT");
        return AnswerValues.wrong("the output '" + name + "'", values, numeric);
    }
}
