package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bounds and values of a contract as text of a column's type: how they are read, compared, and told to an engine. */
public final class TypedText {

    private static final BigDecimal TOO_LONG_TO_READ = BigDecimal.TEN.pow(15);

    /** Engines have whole numbers of 128 bits, which are more exact than doubles. */
    private static final BigDecimal GREATEST_WHOLE = BigDecimal.TEN.pow(38);

    /** Years that all engines read alike. */
    private static final Pattern YEAR = Pattern.compile("\\d{4}-");

    private TypedText() {}

    /** The text of a number that reads back as the same number. */
    public static String of(BigDecimal number) {
        BigDecimal shortest = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        boolean plain = shortest.abs().compareTo(TOO_LONG_TO_READ) < 0 && shortest.scale() < 20;
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    /** A value as an engine tells it, as text that is the same for equal values: {@code 1} for {@code 1.0}. */
    static String canonical(String value, ColumnType type) {
        try {
            return type.isNumeric() ? of(new BigDecimal(value)) : value;
        } catch (NumberFormatException notFinite) {
            return value;
        }
    }

    /** A scalar of YAML as text of that type; empty when it is none. */
    public static Optional<String> of(JsonNode node, ColumnType type) {
        return switch (type) {
            case INTEGER -> node.isNumber() && isWhole(node) ? Optional.of(of(node.decimalValue())) : Optional.empty();
            case NUMBER -> isFinite(node) ? Optional.of(of(node.decimalValue())) : Optional.empty();
            case BOOLEAN -> node.isBoolean() ? Optional.of(node.asText()) : Optional.empty();
            case STRING -> node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
            case DATE -> node.isTextual() && date(node.asText()) ? Optional.of(node.asText()) : Optional.empty();
            case TIMESTAMP ->
                node.isTextual() ? timestamp(node.asText()).map(LocalDateTime::toString) : Optional.empty();
            case OTHER -> Optional.empty();
        };
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean isWhole(JsonNode node) {
        return isFinite(node) && node.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static boolean date(String text) {
        try {
            LocalDate.parse(text);
            return YEAR.matcher(text).lookingAt();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Optional<LocalDateTime> timestamp(String text) {
        String iso = text.replace(' ', 'T');
        if (!YEAR.matcher(iso).lookingAt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    date(iso)
                            ? LocalDate.parse(iso).atTime(LocalTime.MIDNIGHT)
                            : iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                                    ? OffsetDateTime.parse(iso)
                                            .withOffsetSameInstant(ZoneOffset.UTC)
                                            .toLocalDateTime()
                                    : LocalDateTime.parse(iso));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Compares two texts of that type. */
    public static int compare(String left, String right, ColumnType type) {
        return type.isNumeric() ? new BigDecimal(left).compareTo(new BigDecimal(right)) : left.compareTo(right);
    }

    /** The text as an SQL literal of that type. */
    public static String literal(String text, ColumnType type) {
        return switch (type) {
            case INTEGER, NUMBER -> {
                BigDecimal number = new BigDecimal(text);
                yield number.scale() <= 0 && number.abs().compareTo(GREATEST_WHOLE) < 0
                        ? number.toPlainString()
                        : DataEngine.literal(number.doubleValue());
            }
            case BOOLEAN -> text;
            case DATE -> "DATE " + DataEngine.literal(text);
            case TIMESTAMP -> "TIMESTAMP " + DataEngine.literal(text.replace('T', ' '));
            case STRING, OTHER -> DataEngine.literal(text);
        };
    }

    /**
     * The values of a key that lists them, as text of that type.
     *
     * @throws io.mlcicd.operation.InvalidInputException when one is not of that type, or stands there twice
     */
    public static List<String> list(Place place, String key, ColumnType type) {
        List<String> values = new ArrayList<>();
        JsonNode list = place.get(key);
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String index = String.valueOf(i);
            String value = of(node, type)
                    .orElseThrow(() -> place.at(key)
                            .error(
                                    index,
                                    "%s is not a %s%s"
                                            .formatted(
                                                    node,
                                                    described(type),
                                                    type == ColumnType.STRING ? "; write it in quotes" : "")));
            if (values.contains(value)) {
                throw place.at(key).error(index, "%s stands here twice".formatted(node));
            }
            values.add(value);
        }
        return values;
    }

    /** The text as a contract writes it. */
    public static JsonNode node(String text, ColumnType type) {
        return switch (type) {
            case INTEGER, NUMBER -> DecimalNode.valueOf(new BigDecimal(text));
            case BOOLEAN -> BooleanNode.valueOf(Boolean.parseBoolean(text));
            case STRING, DATE, TIMESTAMP, OTHER -> TextNode.valueOf(text);
        };
    }

    /** What a value of that type looks like, for messages. */
    public static String described(ColumnType type) {
        return switch (type) {
            case INTEGER -> "whole number";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean, true or false";
            case STRING, OTHER -> "text";
            case DATE -> "date such as 2026-01-31";
            case TIMESTAMP -> "timestamp such as 2026-01-31T12:00:00";
        };
    }
}
