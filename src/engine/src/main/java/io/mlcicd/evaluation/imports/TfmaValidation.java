package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.BinaryProto;
import io.mlcicd.gate.Comparison;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What TensorFlow Model Analysis found out about thresholds: the message {@code ValidationResult} of {@code
 * validation_result.proto}, as TFX's Evaluator writes it to {@code validations.tfrecord}.
 *
 * @param ok whether all thresholds were kept
 * @param failures those that were not
 * @param notes what else a reviewer must know
 */
public record TfmaValidation(boolean ok, List<Failure> failures, List<String> notes) {

    private static final String LOWER_IS_BETTER = "1";

    private static final BinaryProto.Type RESULT = new BinaryProto.Type()
            .integer(1, "validation_ok")
            .message(
                    2,
                    "metric_validations_per_slice",
                    new BinaryProto.Type()
                            .message(2, "slice_key", TfmaRecords.SLICE)
                            .message(
                                    3,
                                    "failures",
                                    new BinaryProto.Type()
                                            .message(1, "metric_key", TfmaRecords.KEY)
                                            .message(2, "metric_threshold", TfmaRecords.THRESHOLD)
                                            .message(3, "metric_value", TfmaRecords.VALUE)
                                            .text(4, "message"))
                            .message(4, "cross_slice_key", TfmaRecords.CROSS_SLICE))
            .message(3, "missing_slices", new BinaryProto.Type().text(1, "feature_keys"))
            .integer(6, "missing_thresholds")
            .integer(7, "rubber_stamp");

    public TfmaValidation {
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /**
     * A threshold that was not kept.
     *
     * @param metric the metric, with its slice in brackets
     * @param value its value; empty when it was not computed
     * @param bounds what it was held against, as far as one number says it
     * @param why what the tool says beside
     */
    public record Failure(String metric, OptionalDouble value, List<Bound> bounds, String why) {
        public Failure {
            bounds = List.copyOf(bounds);
        }
    }

    /** A bound of a threshold. */
    public record Bound(Comparison comparison, double threshold) {}

    /**
     * Reads the records of a file, all of which must be kept.
     *
     * @throws InvalidInputException when there is none
     */
    public static TfmaValidation read(Path file, String shown) {
        List<? extends JsonNode> records = BinaryProto.records(file, RESULT);
        if (records.isEmpty()) {
            throw new InvalidInputException(shown + " has no record; TFX's Evaluator writes one");
        }
        boolean ok = true;
        List<Failure> failures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (JsonNode record : records) {
            ok &= flag(record, "validation_ok");
            for (JsonNode slice : record.path("metric_validations_per_slice")) {
                String where = where(slice);
                slice.path("failures").forEach(failure -> failures.add(failure(failure, where)));
            }
            if (flag(record, "missing_thresholds")) {
                notes.add("TFX: there were no thresholds to hold the model against");
            }
            record.path("missing_slices")
                    .forEach(slice -> notes.add("TFX: no rows for the slice of a threshold: "
                            + String.join(", ", texts(slice.path("feature_keys")))));
            if (flag(record, "rubber_stamp")) {
                notes.add("TFX: there was no baseline model, so thresholds on changes were not looked at");
            }
        }
        return new TfmaValidation(ok, failures, notes);
    }

    private static String where(JsonNode slice) {
        JsonNode cross = slice.path("cross_slice_key").path(0);
        String name = cross.isMissingNode()
                ? TfmaRecords.slice(slice.path("slice_key").path(0))
                : TfmaRecords.slice(cross.path("comparison_slice_key").path(0)) + " against "
                        + TfmaRecords.slice(cross.path("baseline_slice_key").path(0));
        return name.isEmpty() ? "" : "[" + name + "]";
    }

    private static Failure failure(JsonNode failure, String where) {
        JsonNode threshold = failure.path("metric_threshold").path(0);
        List<Bound> bounds = new ArrayList<>();
        JsonNode value = threshold.path("value_threshold").path(0);
        TfmaRecords.wrapped(value, "lower_bound").ifPresent(least -> bounds.add(new Bound(Comparison.MIN, least)));
        TfmaRecords.wrapped(value, "upper_bound").ifPresent(most -> bounds.add(new Bound(Comparison.MAX, most)));
        JsonNode change = threshold.path("change_threshold").path(0);
        boolean falling = change.at("/direction/0").asText().equals(LOWER_IS_BETTER);
        TfmaRecords.wrapped(change, "absolute")
                .ifPresent(bound -> bounds.add(new Bound(falling ? Comparison.MAX : Comparison.MIN, bound)));
        return new Failure(
                TfmaRecords.name(failure.path("metric_key").path(0)) + where,
                TfmaRecords.value(failure.path("metric_value").path(0)),
                bounds,
                failure.at("/message/0").asText().replaceAll("\\s+", " ").strip());
    }

    private static boolean flag(JsonNode record, String field) {
        return record.path(field).path(0).asInt() == 1;
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
