package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Schemas of TensorFlow Data Validation, {@code schema.pbtxt} (tensorflow_metadata.v0.Schema). */
final class TensorFlowSchema {

    private static final Map<String, String> TYPES = Map.of("INT", "integer", "FLOAT", "number", "BYTES", "string");

    private static final Set<String> SCHEMA_KEYS = Set.of(
            "feature",
            "string_domain",
            "dataset_constraints",
            "sparse_feature",
            "weighted_feature",
            "tensor_representation_group",
            "default_environment",
            "annotation");

    /** Keys of a feature that are read, or that say nothing of its values. */
    private static final Set<String> FEATURE_KEYS = Set.of(
            "name",
            "type",
            "annotation",
            "presence",
            "value_count",
            "shape",
            "domain",
            "string_domain",
            "int_domain",
            "float_domain",
            "bool_domain",
            "drift_comparator",
            "skew_comparator",
            "not_in_environment",
            "in_environment",
            "distribution_constraints",
            "unique_constraints",
            "lifecycle_stage",
            "struct_domain",
            "natural_language_domain",
            "image_domain",
            "mid_domain",
            "url_domain",
            "time_domain",
            "time_of_day_domain");

    private static final Set<String> DOMAIN_KEYS = Set.of("name", "min", "max", "is_categorical");

    private final Draft draft;
    private final Map<String, ArrayNode> domains = new HashMap<>();

    private TensorFlowSchema(Draft draft) {
        this.draft = draft;
    }

    static boolean recognizes(JsonNode message) {
        return message.path("feature").isArray();
    }

    static ImportedContract read(JsonNode schema, String name) {
        Draft draft = new Draft(name);
        new TensorFlowSchema(draft).schema(schema);
        return draft.done("TensorFlow Data Validation");
    }

    private void schema(JsonNode schema) {
        draft.root().put("missingColumns", "fail");
        for (JsonNode domain : schema.path("string_domain")) {
            domains.put(one(domain, "name").asText(), values(domain));
        }
        for (JsonNode feature : schema.path("feature")) {
            feature(one(feature, "name").asText(), feature);
        }
        for (JsonNode constraints : schema.path("dataset_constraints")) {
            JsonNode least = one(constraints, "min_examples_count");
            JsonNode most = one(constraints, "max_examples_count");
            ObjectNode rows = draft.root().withObjectProperty("rows");
            if (least.isNumber()) {
                rows.set("min", least);
            }
            if (most.isNumber()) {
                rows.set("max", most);
            }
            draft.carry();
            others("dataset_constraints: ", constraints, Set.of("min_examples_count", "max_examples_count"));
        }
        others("", schema, SCHEMA_KEYS);
        for (String key : new String[] {"sparse_feature", "weighted_feature", "tensor_representation_group"}) {
            if (schema.has(key)) {
                draft.leave(key, "it is about tensors, not columns");
            }
        }
        if (schema.has("default_environment")) {
            draft.leave("default_environment", "write a contract for each environment");
        }
    }

    private void others(String owner, JsonNode message, Set<String> known) {
        message.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key))
                .forEach(key -> draft.leave(owner + key, "no check of ours is like it"));
    }

    private void feature(String name, JsonNode feature) {
        ObjectNode column = draft.column(name);
        String type = TYPES.get(one(feature, "type").asText());
        if (type == null) {
            draft.leave(
                    "feature " + name + ": type " + one(feature, "type").asText("unknown"),
                    "no type of ours is like it");
        } else {
            column.put("type", one(feature, "bool_domain").isObject() && type.equals("string") ? "boolean" : type);
            draft.carry();
        }
        presence(name, column, one(feature, "presence"));
        valueCount(name, one(feature, "value_count"));
        domain(name, column, feature);
        comparators(name, feature);
        others("feature " + name + ": ", feature, FEATURE_KEYS);
        JsonNode dimensions = one(feature, "shape").path("dim");
        if (dimensions.size() > 1 || one(dimensions.path(0), "size").asInt(1) != 1) {
            draft.leave("feature " + name + ": shape", "a column has one value in a row");
        }
        for (String key : new String[] {"not_in_environment", "in_environment"}) {
            if (feature.has(key)) {
                column.put("required", false);
                draft.leave(
                        "feature " + name + ": " + key,
                        "the column may be absent here; write a contract for each environment to be strict");
            }
        }
        for (String key : new String[] {
            "distribution_constraints",
            "unique_constraints",
            "lifecycle_stage",
            "struct_domain",
            "natural_language_domain",
            "image_domain",
            "mid_domain",
            "url_domain",
            "time_domain",
            "time_of_day_domain"
        }) {
            special(name, column, key, one(feature, key));
        }
    }

    private void special(String name, ObjectNode column, String key, JsonNode value) {
        if (value.isMissingNode()) {
            return;
        }
        if (key.equals("unique_constraints")) {
            ObjectNode bounds = column.withObjectProperty("distinct");
            if (one(value, "min").isNumber()) {
                bounds.set("min", one(value, "min"));
            }
            if (one(value, "max").isNumber()) {
                bounds.set("max", one(value, "max"));
            }
            draft.carry();
        } else if (key.equals("distribution_constraints")) {
            distribution(name, one(value, "min_domain_mass"));
        } else if (key.equals("lifecycle_stage")) {
            String stage = value.asText();
            if (stage.equals("DEPRECATED")
                    || stage.equals("PLANNED")
                    || stage.equals("ALPHA")
                    || stage.equals("DEBUG_ONLY")) {
                column.put("required", false).put("criticality", "NOTE");
            }
        } else {
            draft.leave("feature " + name + ": " + key, "no check of ours is like it");
        }
    }

    /** Only so much of the data must be in the domain. */
    private void distribution(String name, JsonNode mass) {
        ObjectNode column = draft.column(name);
        if (mass.isNumber() && column.has("values")) {
            JsonNode values = column.remove("values");
            ObjectNode check = node("values", values);
            check.set("mostly", mass);
            draft.check(name, check);
            draft.carry();
        } else if (mass.isNumber()) {
            draft.leave("feature " + name + ": distribution_constraints", "it is carried for sets of values alone");
        }
    }

    private void presence(String name, ObjectNode column, JsonNode presence) {
        JsonNode share = one(presence, "min_fraction");
        JsonNode count = one(presence, "min_count");
        if (share.isNumber()) {
            column.put("maxNullShare", BigDecimal.ONE.subtract(share.decimalValue()));
            draft.carry();
        }
        if (share.isMissingNode() && count.isMissingNode()) {
            column.put("required", false);
        }
        if (count.isNumber() && count.asLong() > 1) {
            draft.leave(
                    "feature " + name + ": presence.min_count " + count, "a least number of values is not asked for");
        }
    }

    private void valueCount(String name, JsonNode count) {
        boolean one = count.isMissingNode()
                || (one(count, "min").asInt(1) == 1 && one(count, "max").asInt(1) == 1);
        if (!one) {
            draft.leave("feature " + name + ": value_count", "a column has one value in a row");
        }
    }

    private void domain(String name, ObjectNode column, JsonNode feature) {
        JsonNode reference = one(feature, "domain");
        JsonNode strings = one(feature, "string_domain");
        if (reference.isTextual() && domains.containsKey(reference.asText())) {
            column.set("values", domains.get(reference.asText()));
            draft.carry();
        } else if (reference.isTextual()) {
            draft.leave("feature " + name + ": domain " + reference.asText(), "the schema has no such string_domain");
        }
        if (strings.isObject()) {
            column.set("values", values(strings));
            draft.carry();
        }
        for (String key : new String[] {"int_domain", "float_domain"}) {
            JsonNode domain = one(feature, key);
            if (domain.isObject()) {
                range(column, domain);
                draft.carry();
                others("feature " + name + ": " + key + ".", domain, DOMAIN_KEYS);
            }
        }
        JsonNode bool = one(feature, "bool_domain");
        if (bool.size() > 0) {
            ArrayNode names = column.put("type", "string").putArray("values");
            for (String key : new String[] {"true_value", "false_value"}) {
                if (bool.has(key)) {
                    names.add(one(bool, key));
                }
            }
            draft.carry();
            return;
        }
        if (bool.isObject() && !column.path("type").asText().equals("boolean")) {
            column.putArray("values").add(0).add(1);
            draft.carry();
        }
    }

    private static void range(ObjectNode column, JsonNode domain) {
        if (one(domain, "is_categorical").asBoolean(false)) {
            return;
        }
        if (one(domain, "min").isNumber()) {
            column.set("min", one(domain, "min"));
        }
        if (one(domain, "max").isNumber()) {
            column.set("max", one(domain, "max"));
        }
    }

    private void comparators(String name, JsonNode feature) {
        comparator(name, one(feature, "drift_comparator"), "distribution", "against", "baseline");
        comparator(name, one(feature, "skew_comparator"), "skew", "with", "serving");
    }

    private void comparator(String name, JsonNode comparator, String key, String with, String what) {
        others(
                "feature " + name + ": " + (key.equals("skew") ? "skew_comparator." : "drift_comparator."),
                comparator,
                Set.of("infinity_norm", "jensen_shannon_divergence"));
        JsonNode infinity = one(one(comparator, "infinity_norm"), "threshold");
        JsonNode jensenShannon = one(one(comparator, "jensen_shannon_divergence"), "threshold");
        for (Map.Entry<String, JsonNode> each :
                Map.of("linf", infinity, "js", jensenShannon).entrySet()) {
            if (each.getValue().isNumber()) {
                ObjectNode check = JsonNodeFactory.instance.objectNode().put("method", each.getKey());
                // Theirs is the divergence, ours the distance, which is its root.
                check.put(
                        "max",
                        each.getKey().equals("js")
                                ? Math.sqrt(each.getValue().doubleValue())
                                : each.getValue().doubleValue());
                if (key.equals("skew")) {
                    check.put(with, what).putArray("columns").add(name);
                    draft.check(node(key, check));
                } else {
                    draft.check(name, node(key, check));
                }
                draft.carry();
            }
        }
    }

    private static ArrayNode values(JsonNode domain) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        ValueExpectations.distinct(domain.path("value")).forEach(values::add);
        return values;
    }

    /** The last value of a field, which is the one that counts. */
    private static JsonNode one(JsonNode message, String field) {
        JsonNode values = message.path(field);
        return values.path(values.size() - 1);
    }
}
