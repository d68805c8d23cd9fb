package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * MLflow's scoring server, 2.x: {@code /ping}, and {@code /invocations} with {@code dataframe_split}, {@code inputs} or
 * {@code instances} in and {@code predictions} out (MLflow documentation, "Local inference server specification").
 */
record MlflowScoring() implements ProtocolDialect {

    private static final String PATH = "/invocations";

    @Override
    public Optional<String> notReady(ServiceClient service) throws InterruptedException {
        return ProtocolDialect.notReady(service, "/ping");
    }

    @Override
    public Optional<Prepared> prepare(ServiceClient service, Optional<ExampleInput> example) {
        return example.map(given -> new Prepared(PATH, body(given), given.rows()));
    }

    private static JsonNode body(ExampleInput example) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (example instanceof ExampleInput.Ready ready) {
            return ready.body();
        }
        if (example instanceof ExampleInput.Table table) {
            ObjectNode split = body.putObject("dataframe_split");
            ArrayNode columns = split.putArray("columns");
            table.columns().forEach(columns::add);
            ArrayNode data = split.putArray("data");
            table.data().forEach(row -> data.addArray().addAll(row));
            return body;
        }
        List<Tensor> tensors = ((ExampleInput.Tensors) example).tensors();
        if (tensors.size() == 1 && tensors.get(0).name().isEmpty()) {
            body.set("inputs", tensors.get(0).nested());
        } else {
            ObjectNode inputs = body.putObject("inputs");
            tensors.forEach(tensor -> inputs.set(tensor.name(), tensor.nested()));
        }
        return body;
    }

    @Override
    public Optional<String> wrong(JsonNode answer, int rows) {
        return AnswerValues.wrongPredictions("predictions", answer.path("predictions"), rows);
    }
}
