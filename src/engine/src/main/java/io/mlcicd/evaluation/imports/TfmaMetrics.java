package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.BinaryProto;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Metrics that TensorFlow Model Analysis wrote as TFRecords of {@code MetricsForSlice}, as TFX's Evaluator does in {@code
 * metrics-00000-of-00001.tfrecord}; those over all rows that are one number each.
 */
public final class TfmaMetrics {

    private static final BinaryProto.Type METRICS = new BinaryProto.Type()
            .message(1, "slice_key", TfmaRecords.SLICE)
            .message(3, "cross_slice_key", TfmaRecords.CROSS_SLICE)
            .message(
                    51,
                    "metric_keys_and_values",
                    new BinaryProto.Type().message(1, "key", TfmaRecords.KEY).message(2, "value", TfmaRecords.VALUE));

    private TfmaMetrics() {}

    /** Whether a path is a folder, or a file of records. */
    public static boolean recognizes(Path path) {
        return Files.isDirectory(path) || BinaryProto.isRecords(path);
    }

    /**
     * The metrics over all rows.
     *
     * @param shown how messages name the path
     * @return by name; those that are not finite are left out, as are curves and matrices
     * @throws InvalidInputException when there are none
     */
    public static Map<String, Double> read(Path path, String shown) {
        Map<String, Double> metrics = new TreeMap<>();
        for (Path file : files(path, shown)) {
            for (JsonNode record : BinaryProto.records(file, METRICS)) {
                boolean allRows = !record.has("cross_slice_key")
                        && TfmaRecords.slice(record.path("slice_key").path(0)).isEmpty();
                if (allRows) {
                    record.path("metric_keys_and_values")
                            .forEach(entry -> TfmaRecords.value(
                                            entry.path("value").path(0))
                                    .ifPresent(value -> put(metrics, entry, value)));
                }
            }
        }
        return metrics;
    }

    private static void put(Map<String, Double> metrics, JsonNode entry, double value) {
        String name = TfmaRecords.name(entry.path("key").path(0));
        if (Double.isFinite(value) && !name.isEmpty()) {
            metrics.put(name, value);
        }
    }

    private static List<Path> files(Path path, String shown) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(path)) {
            List<Path> found = all.filter(file -> file.getFileName().toString().matches("metrics.*\\.tfrecord"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new InvalidInputException(shown + " is a folder without metrics-*.tfrecord, which TFX's Evaluator"
                        + " writes; name the folder of one execution, or a JSON file of metrics");
            }
            return found;
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }
}
