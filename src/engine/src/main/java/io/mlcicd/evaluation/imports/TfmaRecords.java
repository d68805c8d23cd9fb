package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.BinaryProto;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The parts that records of TensorFlow Model Analysis share ({@code metrics_for_slice.proto}, {@code
 * validation_result.proto} and {@code config.proto} of tensorflow_model_analysis): keys, slices and values.
 */
final class TfmaRecords {

    private static final BinaryProto.Type INTEGER = new BinaryProto.Type().integer(1, "value");
    private static final BinaryProto.Type DOUBLE = new BinaryProto.Type().real(1, "value");

    static final BinaryProto.Type KEY = new BinaryProto.Type()
            .text(1, "name")
            .text(2, "output_name")
            .message(
                    3,
                    "sub_key",
                    new BinaryProto.Type()
                            .message(1, "class_id", INTEGER)
                            .message(2, "k", INTEGER)
                            .message(3, "top_k", INTEGER))
            .text(4, "model_name")
            .integer(5, "is_diff")
            .message(
                    6,
                    "aggregation_type",
                    new BinaryProto.Type()
                            .integer(1, "micro")
                            .integer(2, "macro")
                            .integer(3, "weighted"));

    static final BinaryProto.Type VALUE = new BinaryProto.Type()
            .message(1, "double_value", DOUBLE)
            .message(2, "bounded_value", new BinaryProto.Type().message(3, "value", DOUBLE));

    static final BinaryProto.Type SLICE = new BinaryProto.Type()
            .message(
                    1,
                    "single_slice_keys",
                    new BinaryProto.Type()
                            .text(1, "column")
                            .text(2, "bytes_value")
                            .real(3, "float_value")
                            .integer(4, "int64_value"));

    static final BinaryProto.Type CROSS_SLICE =
            new BinaryProto.Type().message(1, "baseline_slice_key", SLICE).message(2, "comparison_slice_key", SLICE);

    static final BinaryProto.Type THRESHOLD = new BinaryProto.Type()
            .message(
                    1,
                    "value_threshold",
                    new BinaryProto.Type().message(1, "lower_bound", DOUBLE).message(2, "upper_bound", DOUBLE))
            .message(
                    2,
                    "change_threshold",
                    new BinaryProto.Type()
                            .message(1, "absolute", DOUBLE)
                            .message(2, "relative", DOUBLE)
                            .integer(3, "direction"));

    private TfmaRecords() {}

    /** The metric's name with all that tells it from others: {@code auc}, {@code head.auc.macro}, {@code precision@5}. */
    static String name(JsonNode key) {
        StringBuilder name = new StringBuilder();
        String model = key.at("/model_name/0").asText();
        if (!model.isEmpty() && !model.equals("candidate")) {
            name.append(model).append('.');
        }
        String output = key.at("/output_name/0").asText();
        if (!output.isEmpty()) {
            name.append(output).append('.');
        }
        name.append(key.at("/name/0").asText());
        JsonNode sub = key.at("/sub_key/0");
        sub.path("class_id").forEach(id -> name.append(".class").append(integer(id)));
        sub.path("k").forEach(k -> name.append(".k").append(integer(k)));
        sub.path("top_k").forEach(k -> name.append('@').append(integer(k)));
        for (String kind : List.of("micro", "macro", "weighted")) {
            if (key.at("/aggregation_type/0").has(kind)) {
                name.append('.').append(kind);
            }
        }
        return name.append(key.at("/is_diff/0").asInt() == 1 ? ".diff" : "").toString();
    }

    private static long integer(JsonNode wrapper) {
        return wrapper.at("/value/0").asLong();
    }

    /** A wrapped number, of which 0 is not written; empty when there is none. */
    static OptionalDouble wrapped(JsonNode message, String field) {
        JsonNode wrapper = message.path(field).path(0);
        return wrapper.isMissingNode()
                ? OptionalDouble.empty()
                : OptionalDouble.of(wrapper.at("/value/0").asDouble(0));
    }

    /** A metric's number; empty when it is another kind of value. */
    static OptionalDouble value(JsonNode value) {
        OptionalDouble plain = wrapped(value, "double_value");
        return plain.isPresent() ? plain : wrapped(value.path("bounded_value").path(0), "value");
    }

    /** Such as {@code hour=9, day=1}; empty for all rows. */
    static String slice(JsonNode slice) {
        List<String> parts = new ArrayList<>();
        for (JsonNode key : slice.path("single_slice_keys")) {
            JsonNode value = key.has("bytes_value")
                    ? key.at("/bytes_value/0")
                    : key.has("float_value") ? key.at("/float_value/0") : key.at("/int64_value/0");
            parts.add(key.at("/column/0").asText() + "=" + value.asText("0"));
        }
        return String.join(", ", parts);
    }
}
