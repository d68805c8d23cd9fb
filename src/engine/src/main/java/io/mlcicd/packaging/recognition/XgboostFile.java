package io.mlcicd.packaging.recognition;

import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads an XGBoost model: JSON and UBJSON ("Introduction to Model IO" of the XGBoost documentation), and the binary
 * format that XGBoost has given up (struct LearnerModelParamLegacy of its learner.cc).
 */
final class XgboostFile {

    private static final Pattern OBJECTIVE = Pattern.compile("(reg|binary|multi|rank|count|survival):[a-z0-9_]+");
    private static final int LEGACY_PARAMETERS = 136;
    private static final int LONGEST_OBJECTIVE = 64;

    private XgboostFile() {}

    /** Whether the tree of keys is that of an XGBoost model. */
    private static boolean isModel(ModelTree tree) {
        return tree.has("learner");
    }

    /**
     * Reads a JSON model.
     *
     * @return empty when the file is JSON of something else
     * @throws IOException when it is broken
     */
    static Optional<ModelFacts> json(Path file) throws IOException {
        ModelTree tree = new ModelTree();
        try (InputStream in = Files.newInputStream(file)) {
            tree.json(in);
        }
        return isModel(tree) ? Optional.of(facts(tree, "json")) : Optional.empty();
    }

    /**
     * Reads a UBJSON model.
     *
     * @return empty when the file is UBJSON of something else
     * @throws IOException when it is none, or broken
     */
    static Optional<ModelFacts> ubjson(Path file) throws IOException {
        ModelTree tree = new ModelTree();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            new UbjsonReader(in, tree).read();
        }
        return isModel(tree) ? Optional.of(facts(tree, "ubjson")) : Optional.empty();
    }

    private static ModelFacts facts(ModelTree tree, String format) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("format", format);
        List<String> version = tree.list("version");
        if (!version.isEmpty()) {
            versions.put("xgboost", String.join(".", version));
        }
        tree.text("learner/objective/name").ifPresent(name -> versions.put("objective", name));
        List<String> names = tree.list("learner/feature_names");
        List<String> types = tree.list("learner/feature_types");
        List<Field> inputs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            inputs.add(Field.column(names.get(i), i < types.size() ? Optional.of(types.get(i)) : Optional.empty()));
        }
        Optional<String> features = tree.text("learner/learner_model_param/num_feature");
        if (inputs.isEmpty() && features.isPresent()) {
            inputs.add(new Field("", Optional.of("float"), List.of("?", features.get())));
        }
        return new ModelFacts(ModelKind.XGBOOST, versions, new Signature(inputs, List.of()));
    }

    /** Reads the given-up binary format; empty for any other file. */
    static Optional<ModelFacts> binary(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.mark(8);
            if (!new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("binf")) {
                in.reset();
            }
            byte[] parameters = in.readNBytes(LEGACY_PARAMETERS);
            byte[] length = in.readNBytes(Long.BYTES);
            if (length.length < Long.BYTES || little(length, 0, Long.BYTES) > LONGEST_OBJECTIVE) {
                return Optional.empty();
            }
            long characters = little(length, 0, Long.BYTES);
            String objective = new String(in.readNBytes((int) Math.max(0, characters)), StandardCharsets.ISO_8859_1);
            if (!OBJECTIVE.matcher(objective).matches()) {
                return Optional.empty();
            }
            Map<String, String> versions = new TreeMap<>();
            versions.put("format", "binary (no longer read by XGBoost 3)");
            versions.put("objective", objective);
            long major = little(parameters, 20, 4);
            if (major > 0) {
                versions.put("xgboost", major + "." + little(parameters, 24, 4));
            }
            Field input = new Field("", Optional.of("float"), List.of("?", String.valueOf(little(parameters, 4, 4))));
            return Optional.of(new ModelFacts(ModelKind.XGBOOST, versions, new Signature(List.of(input), List.of())));
        }
    }

    private static long little(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedInt(bytes[from + i]);
        }
        return value;
    }
}
