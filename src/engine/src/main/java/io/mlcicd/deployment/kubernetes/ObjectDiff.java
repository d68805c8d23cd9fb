package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two versions of an object, field by field; without what only the server writes. */
final class ObjectDiff {

    private static final Set<String> SERVERS_OWN = Set.of(
            "metadata.managedFields",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.creationTimestamp",
            "metadata.uid",
            "metadata.selfLink",
            "status");
    private static final int MOST_TOLD = 8;

    private ObjectDiff() {}

    /** The differences in one line; empty when there are none. */
    static Optional<String> told(JsonNode before, JsonNode after) {
        Map<String, String> old = fields(before);
        Map<String, String> wanted = fields(after);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(wanted.keySet());
        List<String> told = new ArrayList<>();
        for (String path : paths) {
            String was = old.get(path);
            String will = wanted.get(path);
            if (was == null) {
                told.add(path + ": " + will + " is new");
            } else if (will == null) {
                told.add(path + ": " + was + " goes");
            } else if (!was.equals(will)) {
                told.add(path + ": " + was + " becomes " + will);
            }
        }
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String rest = told.size() > MOST_TOLD ? "; and " + (told.size() - MOST_TOLD) + " more" : "";
        return Optional.of(String.join("; ", told.subList(0, Math.min(MOST_TOLD, told.size()))) + rest);
    }

    /** Every value by its path, in the order of the paths. */
    static Map<String, String> fields(JsonNode object) {
        Map<String, String> fields = new TreeMap<>();
        flatten("", object, fields);
        return fields;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (SERVERS_OWN.contains(path)) {
            return;
        }
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), into);
            }
        } else if (!node.isNull()) {
            into.put(path, node.asText().isEmpty() ? node.toString() : node.asText());
        }
    }
}
