package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Frictionless Table Schemas (version 1 and 2), alone or as the schema of a Data Package's first resource. */
final class Frictionless {

    private static final Map<String, String> TYPES = Map.of(
            "string", "string",
            "number", "number",
            "integer", "integer",
            "boolean", "boolean",
            "date", "date",
            "datetime", "timestamp",
            "year", "integer");

    private static final Map<String, String> FORMATS = Map.of(
            "email", "[^@\\s]+@[^@\\s]+\\.[^@\\s]+",
            "uri", "[A-Za-z][A-Za-z0-9+.-]*:\\S+",
            "uuid", "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Set<String> FIELD_KEYS = Set.of(
            "name",
            "type",
            "format",
            "title",
            "description",
            "example",
            "rdfType",
            "constraints",
            "categories",
            "categoriesOrdered");

    private static final Set<String> SCHEMA_KEYS = Set.of(
            "$schema",
            "profile",
            "name",
            "title",
            "description",
            "fields",
            "fieldsMatch",
            "primaryKey",
            "uniqueKeys",
            "foreignKeys",
            "missingValues");

    private final Draft draft;
    private final JsonNode schema;

    private Frictionless(Draft draft, JsonNode schema) {
        this.draft = draft;
        this.schema = schema;
    }

    static boolean recognizes(JsonNode file) {
        return file.path("fields").isArray()
                || file.path("resources").path(0).path("schema").path("fields").isArray();
    }

    /**
     * The contract of a schema or of a package's first resource.
     *
     * @throws InvalidInputException when a field has no name, which the message places
     */
    static ImportedContract read(Path path, JsonNode file) {
        JsonNode resources = file.path("resources");
        JsonNode resource = resources.path(0);
        JsonNode schema = resource.isMissingNode() ? file : resource.path("schema");
        Draft draft = new Draft(resource.path("name")
                .asText(schema.path("name").asText(file.path("name").asText())));
        for (int i = 1; i < resources.size(); i++) {
            draft.leave(
                    "resources[%d] %s"
                            .formatted(i, resources.get(i).path("name").asText()),
                    "a contract is on one data set; import its schema from a file of its own");
        }
        for (String key : List.of("dialect", "encoding", "format", "mediatype", "compression")) {
            if (resource.has(key)) {
                draft.leave("resources[0]: " + key, "it is how the file is read; say it under read in mlcicd.yml");
            }
        }
        for (int i = 0; i < schema.path("fields").size(); i++) {
            if (!schema.path("fields").get(i).path("name").isTextual()) {
                throw new InvalidInputException(path + ": fields[" + i + "] has no name; each field needs one");
            }
        }
        new Frictionless(draft, schema).read();
        return draft.done("Frictionless");
    }

    private void read() {
        draft.root().put("missingColumns", "fail");
        List<String> names = new ArrayList<>();
        for (JsonNode field : schema.path("fields")) {
            names.add(field.path("name").asText());
            field(field.path("name").asText(), field);
        }
        fieldsMatch(names);
        keys();
        JsonNode missing = schema.path("missingValues");
        if (!missing.isMissingNode()
                && !(missing.size() == 1 && missing.path(0).asText("-").isEmpty())) {
            draft.leave(
                    "missingValues " + missing, "it is how the file is read; say it under read: null in mlcicd.yml");
        }
        others("", schema, SCHEMA_KEYS);
    }

    private void others(String owner, JsonNode node, Set<String> known) {
        node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key))
                .forEach(key -> draft.leave(owner + key, "no key of ours is like it"));
    }

    private void field(String name, JsonNode field) {
        ObjectNode column = draft.column(name);
        String type = field.path("type").asText("any");
        if (TYPES.containsKey(type)) {
            column.put("type", TYPES.get(type));
            draft.carry();
        } else if (!type.equals("any")) {
            draft.leave("field " + name + ": type " + type, "no type of ours is like it");
        }
        if (field.has("description")) {
            column.set("description", field.get("description"));
        }
        format(name, type, field.path("format").asText("default"));
        field.path("constraints").properties().forEach(entry -> {
            Optional<String> problem = constraint(name, type, entry.getKey(), entry.getValue());
            problem.ifPresentOrElse(
                    why -> draft.leave("field " + name + ": constraint " + entry.getKey(), why), draft::carry);
        });
        categories(name, field.path("categories"));
        others("field " + name + ": ", field, FIELD_KEYS);
    }

    private void format(String name, String type, String format) {
        if (format.equals("default") || format.equals("any")) {
            return;
        }
        if (type.equals("string") && FORMATS.containsKey(format)) {
            draft.check(name, node("pattern", FORMATS.get(format)));
            draft.carry();
        } else if ((type.equals("date") || type.equals("datetime")) && format.contains("%")) {
            draft.column(name).put("type", "string").put("dateFormat", format);
            draft.carry();
        } else {
            draft.leave("field " + name + ": format " + format, "no check of ours is like it");
        }
    }

    private Optional<String> constraint(String name, String type, String key, JsonNode value) {
        switch (key) {
            case "required" -> {
                if (value.asBoolean()) {
                    draft.column(name).put("maxNullShare", 0);
                }
            }
            case "unique" -> {
                if (value.asBoolean()) {
                    draft.column(name).put("unique", true);
                }
            }
            case "minimum" -> bound(name, "min", type, value);
            case "maximum" -> bound(name, "max", type, value);
            case "exclusiveMinimum" -> bound(name, "above", type, value);
            case "exclusiveMaximum" -> bound(name, "below", type, value);
            case "minLength" -> length(name).set("min", value);
            case "maxLength" -> length(name).set("max", value);
            case "pattern" -> {
                if (!type.equals("string")) {
                    return Optional.of("only text is held against patterns");
                }
                Optional<String> beyond = RegularExpressions.beyond(value.asText());
                if (beyond.isPresent()) {
                    return beyond;
                }
                draft.column(name).set("pattern", value);
            }
            case "enum" -> {
                if (!TYPES.containsKey(type)) {
                    return Optional.of("a set needs a type");
                }
                draft.column(name).set("values", list(value, type));
            }
            default -> {
                return Optional.of("no check of ours is like it");
            }
        }
        return Optional.empty();
    }

    private ObjectNode length(String name) {
        return draft.column(name).withObjectProperty("length");
    }

    /** The file may write numbers as text. */
    private void bound(String name, String key, String type, JsonNode value) {
        draft.column(name).set(key, literal(value, type));
    }

    private static JsonNode literal(JsonNode value, String type) {
        boolean number = type.equals("number") || type.equals("integer") || type.equals("year");
        if (!number || !value.isTextual()) {
            return value;
        }
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(value.asText()));
        } catch (NumberFormatException e) {
            // The contract's schema refuses the text with the place where it stands.
            return value;
        }
    }

    private static ArrayNode list(JsonNode values, String type) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ValueExpectations.distinct(values).forEach(value -> list.add(literal(value, type)));
        return list;
    }

    private void categories(String name, JsonNode categories) {
        if (!categories.isArray()) {
            return;
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        categories.forEach(category -> values.add(category.isObject() ? category.get("value") : category));
        draft.column(name).set("values", values);
        draft.carry();
    }

    private void fieldsMatch(List<String> names) {
        JsonNode given = schema.path("fieldsMatch");
        String match = (given.isArray() ? given.path(0) : given).asText("exact").toLowerCase(Locale.ROOT);
        switch (match) {
            case "exact" -> {
                draft.root().put("extraColumns", "forbid");
                ArrayNode order = JsonNodeFactory.instance.arrayNode();
                names.forEach(order::add);
                draft.check(node("columnOrder", order));
            }
            case "equal" -> draft.root().put("extraColumns", "forbid");
            case "superset" -> {
                names.forEach(name -> draft.column(name).put("required", false));
                draft.root().put("extraColumns", "forbid");
            }
            case "partial" -> {
                names.forEach(name -> draft.column(name).put("required", false));
                draft.leave("fieldsMatch partial", "that at least one field is there is not asked for");
            }
            default -> {
                // A subset: the data may have more columns, which is what a contract allows by itself.
            }
        }
        if (!given.isMissingNode()) {
            draft.carry();
        }
    }

    private void keys() {
        JsonNode primary = schema.path("primaryKey");
        if (!primary.isMissingNode()) {
            draft.check(node("primaryKey", array(primary)));
            draft.carry();
        }
        for (JsonNode unique : schema.path("uniqueKeys")) {
            draft.check(node("unique", array(unique)));
            draft.carry();
        }
        for (JsonNode foreign : schema.path("foreignKeys")) {
            JsonNode reference = foreign.path("reference");
            if (reference.path("resource").asText().isEmpty()) {
                draft.leave("foreignKeys " + foreign.path("fields"), "it refers to its own table");
                continue;
            }
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            key.set("columns", array(foreign.path("fields")));
            key.set("in", reference.get("resource"));
            key.set("keys", array(reference.path("fields")));
            draft.check(node("foreignKey", key));
            draft.carry();
        }
    }

    private static ArrayNode array(JsonNode node) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (node.isArray()) {
            node.forEach(array::add);
        } else {
            array.add(node);
        }
        return array;
    }
}
