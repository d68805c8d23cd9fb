package io.mlcicd.packaging.recognition;

import io.mlcicd.document.ProtoMessage;
import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads an ONNX model: the messages ModelProto, GraphProto and ValueInfoProto of onnx.proto (ONNX 1.x, IR 3 to 13). */
final class OnnxFile {

    private static final long NEWEST_IR = 1000;

    private final Map<String, String> versions = new TreeMap<>();
    private final List<Field> inputs = new ArrayList<>();
    private final List<Field> outputs = new ArrayList<>();
    private final Set<String> initializers = new HashSet<>();
    private boolean graph;

    private OnnxFile() {}

    /**
     * Reads the file without its weights.
     *
     * @throws IOException when it is none, or broken
     */
    static ModelFacts read(Path file) throws IOException {
        OnnxFile onnx = new OnnxFile();
        try (FileChannel channel = FileChannel.open(file)) {
            onnx.model(ProtoMessage.of(channel));
        }
        if (!onnx.graph || !onnx.versions.containsKey("ir")) {
            throw new IOException("it has no graph or no version of the format");
        }
        // Up to version 3 of the format, weights had to be listed as inputs, too.
        onnx.inputs.removeIf(input -> onnx.initializers.contains(input.name()));
        return new ModelFacts(ModelKind.ONNX, onnx.versions, new Signature(onnx.inputs, onnx.outputs));
    }

    private void model(ProtoMessage model) throws IOException {
        String producer = "";
        for (int field = model.next(); field != 0; field = model.next()) {
            switch (field) {
                case 1 -> ir(model.number());
                case 2 -> producer = model.text() + producer;
                case 3 -> producer += " " + model.text();
                case 7 -> graph(model.message());
                case 8 -> operators(model.message());
                default -> {
                    // Documentation, domain and functions say nothing about how to call it.
                }
            }
        }
        if (!producer.isBlank()) {
            versions.put("producer", producer.strip());
        }
    }

    private void ir(long version) throws IOException {
        if (version < 1 || version > NEWEST_IR) {
            throw new IOException("there is no version %d of the format".formatted(version));
        }
        versions.put("ir", String.valueOf(version));
    }

    private void operators(ProtoMessage set) throws IOException {
        String domain = "";
        long version = 0;
        for (int field = set.next(); field != 0; field = set.next()) {
            if (field == 1) {
                domain = set.text();
            } else if (field == 2) {
                version = set.number();
            }
        }
        versions.put(domain.isEmpty() ? "opset" : "opset " + domain, String.valueOf(version));
    }

    private void graph(ProtoMessage message) throws IOException {
        graph = true;
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case 5 -> initializers.add(nameOf(message.message(), 8));
                case 11 -> inputs.add(value(message.message()));
                case 12 -> outputs.add(value(message.message()));
                default -> {
                    // Nodes are what is between.
                }
            }
        }
    }

    private static String nameOf(ProtoMessage message, int number) throws IOException {
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == number) {
                return message.text();
            }
        }
        return "";
    }

    private static Field value(ProtoMessage info) throws IOException {
        String name = "";
        Field typed = Field.column("", Optional.empty());
        for (int field = info.next(); field != 0; field = info.next()) {
            if (field == 1) {
                name = info.text();
            } else if (field == 2) {
                typed = type(info.message());
            }
        }
        return new Field(name, typed.type(), typed.shape());
    }

    private static Field type(ProtoMessage type) throws IOException {
        for (int field = type.next(); field != 0; field = type.next()) {
            switch (field) {
                case 1 -> {
                    return tensor(type.message());
                }
                case 4 -> {
                    return Field.column("", Optional.of("sequence"));
                }
                case 5 -> {
                    return Field.column("", Optional.of("map"));
                }
                default -> {
                    // Optional and sparse values have no shape to show.
                }
            }
        }
        return Field.column("", Optional.empty());
    }

    private static Field tensor(ProtoMessage tensor) throws IOException {
        Optional<String> type = Optional.empty();
        List<String> shape = new ArrayList<>();
        for (int field = tensor.next(); field != 0; field = tensor.next()) {
            if (field == 1) {
                type = Optional.of(ElementTypes.onnx(tensor.number()));
            } else if (field == 2) {
                shape(tensor.message(), shape);
            }
        }
        return new Field("", type, shape);
    }

    private static void shape(ProtoMessage dimensions, List<String> shape) throws IOException {
        for (int field = dimensions.next(); field != 0; field = dimensions.next()) {
            if (field == 1) {
                ProtoMessage dimension = dimensions.message();
                String size = "?";
                for (int part = dimension.next(); part != 0; part = dimension.next()) {
                    if (part == 1) {
                        size = String.valueOf(dimension.number());
                    } else if (part == 2) {
                        size = dimension.text();
                    }
                }
                shape.add(size.isEmpty() ? "?" : size);
            }
        }
    }
}
