package io.mlcicd.benchmarks.deequ;

import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.util.matching.Regex;

/** The benchmark's checks in Deequ's own terms. */
final class DeequCheck {

    /** The generated columns as Spark's schema. */
    static final String COLUMNS = Stream.of(
                    columns("number", 8, "DOUBLE"),
                    columns("integer", 4, "BIGINT"),
                    columns("category", 4, "STRING"),
                    columns("text", 2, "STRING"),
                    Stream.of("flag BOOLEAN", "moment TIMESTAMP_NTZ"))
            .flatMap(each -> each)
            .collect(Collectors.joining(", "));

    private static final Option<String> NO_HINT = Option.empty();

    private DeequCheck() {}

    private static Stream<String> columns(String name, int count, String type) {
        return IntStream.range(0, count).mapToObj(i -> name + i + " " + type);
    }

    /** A check of its own for each, so that each has a verdict of its own. */
    static Check of(JsonNode wanted) {
        String id = wanted.get("id").asText();
        List<String> columns = texts(wanted.get("columns"));
        String column = columns.isEmpty() ? "" : columns.get(0);
        Check check = new Check(CheckLevel.Error(), id, sequence(List.of()));
        return switch (wanted.get("kind").asText()) {
            case "rows" -> check.hasSize(within(wanted), NO_HINT);
            case "nullShare" ->
                check.hasCompleteness(column, atLeast(1 - wanted.get("max").asDouble()), NO_HINT, Option.empty());
            case "range" -> range(check, column, wanted);
            case "values" -> values(check, column, wanted.get("values"));
            case "pattern" ->
                check.hasPattern(
                        column,
                        new Regex("^(?:" + wanted.get("pattern").asText() + ")$", none()),
                        atLeast(1),
                        Option.empty(),
                        NO_HINT,
                        Option.empty());
            case "mean" -> check.hasMean(column, within(wanted), NO_HINT);
            case "distinct" -> check.hasNumberOfDistinctValues(column, within(wanted), Option.empty(), 1, NO_HINT);
            case "distinctShare" -> check.hasDistinctness(sequence(columns), within(wanted), NO_HINT);
            case "key" -> check.hasUniqueness(sequence(columns), atLeast(1));
            default -> throw new IllegalArgumentException("no check of Deequ for " + id);
        };
    }

    /** Deequ's own range is one of numbers; a time's is written as a condition. */
    private static Check range(Check check, String column, JsonNode wanted) {
        if (wanted.get("min").isNumber()) {
            return check.isContainedIn(
                    column,
                    wanted.get("min").asDouble(),
                    wanted.get("max").asDouble(),
                    true,
                    true,
                    NO_HINT,
                    Option.empty());
        }
        String condition = "%s IS NULL OR %s BETWEEN TIMESTAMP_NTZ '%s' AND TIMESTAMP_NTZ '%s'"
                .formatted(
                        column,
                        column,
                        wanted.get("min").asText(),
                        wanted.get("max").asText());
        return satisfies(check, condition, column);
    }

    /** Deequ's own set is one of texts; that of truth values is written as a condition. */
    private static Check values(Check check, String column, JsonNode values) {
        if (values.get(0).isBoolean()) {
            String literals = texts(values).stream().collect(Collectors.joining(", ", "(", ")"));
            return satisfies(check, "%s IS NULL OR %s IN %s".formatted(column, column, literals), column);
        }
        return check.isContainedIn(column, texts(values).toArray(String[]::new));
    }

    private static Check satisfies(Check check, String condition, String column) {
        return check.satisfies(
                condition,
                condition,
                atLeast(1),
                NO_HINT,
                JavaConverters.asScalaBuffer(List.of(column)).toList(),
                Option.empty());
    }

    private static Function1<Object, Object> within(JsonNode bounds) {
        double min = bounds.path("min").asDouble(Double.NEGATIVE_INFINITY);
        double max = bounds.path("max").asDouble(Double.POSITIVE_INFINITY);
        return value -> {
            double actual = ((Number) value).doubleValue();
            return actual >= min && actual <= max;
        };
    }

    private static Function1<Object, Object> atLeast(double share) {
        return value -> ((Number) value).doubleValue() >= share;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Seq<String> none() {
        return sequence(List.of());
    }

    private static <T> Seq<T> sequence(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toSeq();
    }
}
