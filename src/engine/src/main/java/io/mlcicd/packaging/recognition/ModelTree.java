package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The few values of an XGBoost model that tell what it is, out of a tree of keys that is never held as a whole. */
final class ModelTree {

    private static final Set<String> TOLD = Set.of(
            "version",
            "learner/feature_names",
            "learner/feature_types",
            "learner/objective/name",
            "learner/learner_model_param/num_feature");

    /** More features than that are not listed. */
    private static final int MOST = 10_000;

    private final Map<String, List<String>> values = new HashMap<>();
    private boolean learner;

    /** Whether this key's content is worth entering. */
    boolean wants(String path) {
        learner |= path.equals("learner");
        return TOLD.stream().anyMatch(told -> told.equals(path) || told.startsWith(path + "/"));
    }

    void add(String path, String value) {
        if (TOLD.contains(path)) {
            List<String> list = values.computeIfAbsent(path, key -> new ArrayList<>());
            if (list.size() < MOST) {
                list.add(value);
            }
        }
    }

    boolean has(String key) {
        return key.equals("learner") && learner;
    }

    List<String> list(String path) {
        return values.getOrDefault(path, List.of());
    }

    Optional<String> text(String path) {
        return list(path).stream().findFirst();
    }

    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }

    /** Fills it from JSON. */
    void json(InputStream in) throws IOException {
        try (JsonParser parser = Json.mapper().createParser(in)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(parser, "");
            }
        }
    }

    private void object(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String below = below(path, parser.currentName());
            boolean wanted = wants(below);
            JsonToken value = parser.nextToken();
            if (!wanted) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                object(parser, below);
            } else if (value == JsonToken.START_ARRAY) {
                for (JsonToken item = parser.nextToken();
                        item != null && item != JsonToken.END_ARRAY;
                        item = parser.nextToken()) {
                    if (item.isScalarValue()) {
                        add(below, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            } else {
                add(below, parser.getText());
            }
        }
    }
}
