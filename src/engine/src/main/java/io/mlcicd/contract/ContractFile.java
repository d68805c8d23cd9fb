package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.gate.Criticality;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A contract with the place of each of its keys. */
record ContractFile(Contract contract, YamlDocument document) {

    private static final String SCHEMA = "contract.schema.json";

    static ContractFile read(Path file) {
        YamlDocument document = YamlDocument.read(file, SCHEMA);
        JsonNode content = document.content();
        OptionalLong minRows = whole(content.at("/rows/min"));
        OptionalLong maxRows = whole(content.at("/rows/max"));
        if (minRows.isPresent() && maxRows.isPresent() && minRows.getAsLong() > maxRows.getAsLong()) {
            throw document.error(
                    "/rows/min",
                    "%d is more than max, %d; no data set can have so many rows"
                            .formatted(minRows.getAsLong(), maxRows.getAsLong()));
        }
        List<ColumnRule> columns = new ArrayList<>();
        for (Map.Entry<String, JsonNode> column : content.path("columns").properties()) {
            columns.add(rule(document, column.getKey(), column.getValue()));
        }
        Contract contract = new Contract(
                content.path("contract").asText(),
                minRows,
                maxRows,
                ExtraColumns.of(content.path("extraColumns").asText("allow")),
                columns);
        return new ContractFile(contract, document);
    }

    /** An error that points at a key of a column, or at the column for an empty key. */
    InvalidInputException error(String column, String key, String message) {
        return document.error(pointer(column, key), message);
    }

    private static String pointer(String column, String key) {
        String place = "/columns/" + column.replace("~", "~0").replace("/", "~1");
        return key.isEmpty() ? place : place + "/" + key;
    }

    private static ColumnRule rule(YamlDocument document, String name, JsonNode rule) {
        Optional<ColumnType> type =
                Optional.ofNullable(rule.get("type")).map(JsonNode::asText).map(ColumnType::of);
        Optional<String> min = bound(document, name, rule, "min", type);
        Optional<String> max = bound(document, name, rule, "max", type);
        if (min.isPresent() && max.isPresent() && TypedText.compare(min.get(), max.get(), type.orElseThrow()) > 0) {
            throw document.error(
                    pointer(name, "min"),
                    "%s is more than max, %s; no value can keep both".formatted(min.get(), max.get()));
        }
        if (rule.has("pattern") && !type.equals(Optional.of(ColumnType.STRING))) {
            throw document.error(pointer(name, "pattern"), "only a column of type string can have a pattern");
        }
        return new ColumnRule(
                name,
                type,
                rule.path("required").asBoolean(true),
                rule.has("maxNullShare")
                        ? OptionalDouble.of(rule.get("maxNullShare").doubleValue())
                        : OptionalDouble.empty(),
                min,
                max,
                values(document, name, rule, type),
                Optional.ofNullable(rule.get("pattern")).map(JsonNode::asText),
                rule.path("unique").asBoolean(false),
                Criticality.of(rule.path("criticality").asText("FAILURE")),
                Optional.ofNullable(rule.get("description")).map(JsonNode::asText));
    }

    private static Optional<String> bound(
            YamlDocument document, String name, JsonNode rule, String key, Optional<ColumnType> type) {
        JsonNode node = rule.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (type.isEmpty() || type.get() == ColumnType.STRING || type.get() == ColumnType.BOOLEAN) {
            throw document.error(
                    pointer(name, key),
                    "only columns of type integer, number, date or timestamp can have bounds; this one is "
                            + type.map(known -> "a " + known.key()).orElse("of any type"));
        }
        // A number column may be bounded by 0.5, and so may an integer column.
        ColumnType read = type.get() == ColumnType.INTEGER ? ColumnType.NUMBER : type.get();
        return Optional.of(TypedText.of(node, read)
                .orElseThrow(() ->
                        document.error(pointer(name, key), "%s is not a %s".formatted(node, described(type.get())))));
    }

    private static List<String> values(YamlDocument document, String name, JsonNode rule, Optional<ColumnType> type) {
        List<String> values = new ArrayList<>();
        JsonNode list = rule.path("values");
        if (!list.isEmpty() && type.isEmpty()) {
            throw document.error(pointer(name, "values"), "a column with values needs a type");
        }
        for (int i = 0; i < list.size(); i++) {
            String place = pointer(name, "values/" + i);
            JsonNode node = list.get(i);
            String value = TypedText.of(node, type.orElseThrow())
                    .orElseThrow(() -> document.error(
                            place,
                            "%s is not a %s%s"
                                    .formatted(
                                            node,
                                            described(type.get()),
                                            type.get() == ColumnType.STRING ? "; write it in quotes" : "")));
            if (values.contains(value)) {
                throw document.error(place, "%s stands here twice".formatted(node));
            }
            values.add(value);
        }
        return values;
    }

    private static String described(ColumnType type) {
        return switch (type) {
            case INTEGER -> "whole number";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean, true or false";
            case STRING, OTHER -> "text";
            case DATE -> "date such as 2026-01-31";
            case TIMESTAMP -> "timestamp such as 2026-01-31T12:00:00";
        };
    }

    private static OptionalLong whole(JsonNode node) {
        return node.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(node.longValue());
    }
}
