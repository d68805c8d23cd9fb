package io.mlcicd.packaging.recognition;

import io.mlcicd.document.ProtoMessage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the files in which an ONNX model keeps weights outside of itself: TensorProto's {@code data_location} and {@code
 * external_data} in graph, subgraphs and functions (onnx.proto of ONNX 1.x; "External Data" in ONNX's documentation).
 */
final class OnnxWeights {

    private static final long EXTERNAL = 1;
    private static final int DEEPEST = 32;

    /** What a message is. */
    private enum Kind {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR
    }

    private final Map<String, Long> ends = new TreeMap<>();

    private OnnxWeights() {}

    /**
     * The files, as the model names them (relative to its own folder), each with the number of bytes that it must have at
     * least.
     *
     * @throws IOException when the model is broken
     */
    static Map<String, Long> read(Path file) throws IOException {
        OnnxWeights weights = new OnnxWeights();
        try (FileChannel channel = FileChannel.open(file)) {
            weights.walk(ProtoMessage.of(channel), Kind.MODEL, 0);
        }
        return weights.ends;
    }

    private void walk(ProtoMessage message, Kind kind, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("its graphs are nested more than %d deep".formatted(DEEPEST));
        }
        if (kind == Kind.TENSOR) {
            tensor(message);
            return;
        }
        for (int field = message.next(); field != 0; field = message.next()) {
            Optional<Kind> next = at(kind, field);
            if (next.isPresent()) {
                walk(message.message(), next.get(), depth + 1);
            }
        }
    }

    /** What stands in a field that leads on to tensors. */
    private static Optional<Kind> at(Kind kind, int field) {
        Map<Integer, Kind> fields = switch (kind) {
            case MODEL -> Map.of(7, Kind.GRAPH, 25, Kind.FUNCTION);
            case GRAPH -> Map.of(1, Kind.NODE, 5, Kind.TENSOR, 15, Kind.SPARSE);
            case FUNCTION -> Map.of(7, Kind.NODE);
            case NODE -> Map.of(5, Kind.ATTRIBUTE);
            case ATTRIBUTE ->
                Map.of(
                        5,
                        Kind.TENSOR,
                        6,
                        Kind.GRAPH,
                        10,
                        Kind.TENSOR,
                        11,
                        Kind.GRAPH,
                        22,
                        Kind.SPARSE,
                        23,
                        Kind.SPARSE);
            case SPARSE -> Map.of(1, Kind.TENSOR, 2, Kind.TENSOR);
            case TENSOR -> Map.of();
        };
        return Optional.ofNullable(fields.get(field));
    }

    private void tensor(ProtoMessage tensor) throws IOException {
        Map<String, String> written = new TreeMap<>();
        boolean external = false;
        for (int field = tensor.next(); field != 0; field = tensor.next()) {
            if (field == 13) {
                entry(tensor.message(), written);
            } else if (field == 14) {
                external = tensor.number() == EXTERNAL;
            }
        }
        if (external) {
            String location = written.getOrDefault("location", "");
            if (location.isEmpty()) {
                throw new IOException("a tensor lies outside, but nothing tells where");
            }
            ends.merge(location, number(written, "offset") + number(written, "length"), Math::max);
        }
    }

    private static void entry(ProtoMessage entry, Map<String, String> written) throws IOException {
        String key = "";
        String value = "";
        for (int field = entry.next(); field != 0; field = entry.next()) {
            if (field == 1) {
                key = entry.text();
            } else if (field == 2) {
                value = entry.text();
            }
        }
        if (Set.of("location", "offset", "length").contains(key)) {
            written.put(key, value);
        }
    }

    private static long number(Map<String, String> written, String key) throws IOException {
        String text = written.getOrDefault(key, "0");
        if (!text.matches("\\d{1,17}")) {
            throw new IOException("'%s' is no %s of a tensor".formatted(text, key));
        }
        return Long.parseLong(text);
    }
}
