package io.mlcicd.packaging.recognition;

import io.mlcicd.document.ProtoMessage;
import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a TensorFlow SavedModel: the messages SavedModel, MetaGraphDef, SignatureDef and TensorInfo of
 * saved_model.proto and meta_graph.proto (TensorFlow 2.x). Of several signatures the one for serving is told.
 */
final class SavedModelFile {

    private static final String SERVING = "serving_default";
    private static final String INTERNAL = "__";

    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, Signature> signatures = new TreeMap<>();

    private SavedModelFile() {}

    /**
     * Reads {@code saved_model.pb}.
     *
     * @throws IOException when it is none, or broken
     */
    static ModelFacts read(Path file) throws IOException {
        SavedModelFile saved = new SavedModelFile();
        try (FileChannel channel = FileChannel.open(file)) {
            ProtoMessage model = ProtoMessage.of(channel);
            for (int field = model.next(); field != 0; field = model.next()) {
                if (field == 1) {
                    saved.versions.put("schema", String.valueOf(model.number()));
                } else if (field == 2) {
                    saved.graph(model.message());
                }
            }
        }
        Signature signature = saved.signatures.getOrDefault(
                SERVING,
                saved.signatures.entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith(INTERNAL))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(Signature.NONE));
        return new ModelFacts(ModelKind.TENSORFLOW, saved.versions, signature);
    }

    private void graph(ProtoMessage graph) throws IOException {
        for (int field = graph.next(); field != 0; field = graph.next()) {
            if (field == 1) {
                ProtoMessage about = graph.message();
                for (int part = about.next(); part != 0; part = about.next()) {
                    if (part == 5) {
                        versions.put("tensorflow", about.text());
                    }
                }
            } else if (field == 5) {
                signature(graph.message());
            }
        }
    }

    private void signature(ProtoMessage entry) throws IOException {
        String key = "";
        Signature signature = Signature.NONE;
        for (int field = entry.next(); field != 0; field = entry.next()) {
            if (field == 1) {
                key = entry.text();
            } else if (field == 2) {
                signature = definition(entry.message());
            }
        }
        signatures.put(key, signature);
    }

    private static Signature definition(ProtoMessage definition) throws IOException {
        List<Field> inputs = new ArrayList<>();
        List<Field> outputs = new ArrayList<>();
        for (int field = definition.next(); field != 0; field = definition.next()) {
            if (field == 1) {
                inputs.add(tensor(definition.message()));
            } else if (field == 2) {
                outputs.add(tensor(definition.message()));
            }
        }
        // A map has no order of its own; the same model must always tell the same.
        inputs.sort(Comparator.comparing(Field::name));
        outputs.sort(Comparator.comparing(Field::name));
        return new Signature(inputs, outputs);
    }

    private static Field tensor(ProtoMessage entry) throws IOException {
        String name = "";
        Optional<String> type = Optional.empty();
        List<String> shape = new ArrayList<>();
        for (int field = entry.next(); field != 0; field = entry.next()) {
            if (field == 1) {
                name = entry.text();
            } else if (field == 2) {
                ProtoMessage info = entry.message();
                for (int part = info.next(); part != 0; part = info.next()) {
                    if (part == 2) {
                        type = Optional.of(ElementTypes.tensorFlow(info.number()));
                    } else if (part == 3) {
                        shape(info.message(), shape);
                    }
                }
            }
        }
        return new Field(name, type, shape);
    }

    private static void shape(ProtoMessage message, List<String> shape) throws IOException {
        for (int field = message.next(); field != 0; field = message.next()) {
            if (field == 2) {
                // The size 0 is not written; -1 is one that varies.
                long size = 0;
                ProtoMessage dimension = message.message();
                for (int part = dimension.next(); part != 0; part = dimension.next()) {
                    if (part == 1) {
                        size = dimension.number();
                    }
                }
                shape.add(size < 0 ? "?" : String.valueOf(size));
            }
        }
    }
}
