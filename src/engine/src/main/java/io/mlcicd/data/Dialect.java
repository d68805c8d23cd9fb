package io.mlcicd.data;

import java.util.List;

/** Expressions that engines write differently; arguments and results are SQL text. */
public interface Dialect {

    /** How the engine is asked about many columns. */
    Passes passes();

    /**
     * The rows of a relation, each several times: once for each list of expressions, whose values are the columns.
     *
     * @param names the columns' names, as many as each list has expressions
     * @param rows the lists; what stands in the same place of each has the same type
     * @param from what goes after {@code FROM}
     * @return what goes after {@code FROM}
     */
    String stacked(List<String> names, List<List<String>> rows, String from);

    /**
     * The continuous quantiles (linear interpolation, Hyndman and Fan's type 7) as a list of numbers; exact unless the
     * engine says otherwise.
     *
     * @see Passes#rankError()
     */
    String quantiles(String expression, List<Double> levels);

    /**
     * Quantiles in little memory, however many different values there are, as a list of numbers; the rank of each may be
     * off by 0.0001 of the number of values.
     */
    default String roughQuantiles(String expression, List<Double> levels) {
        return quantiles(expression, levels);
    }

    /** Whether the whole text matches a regular expression (RE2 syntax). */
    String matches(String expression, String pattern);

    /** The value as that type, NULL where it is not one. */
    default String tryCast(String expression, ColumnType type) {
        String target = switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "BIGINT";
            case NUMBER -> "DOUBLE";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case STRING, OTHER -> "VARCHAR";
        };
        return "TRY_CAST(" + expression + " AS " + target + ")";
    }

    /** A text as a timestamp in one of the formats of C's strptime; NULL where it is in none. */
    String parsedTime(String expression, List<String> formats);

    /** A whole number from 0 to 2^32 - 1 that hangs on all of a text: the first 32 bits of its MD5 sum (RFC 1321). */
    String hash(String expression);

    /** Whether a text is JSON. */
    String isJson(String expression);

    /** The number of different values, within a few percent. */
    String approximateDistinct(String expression);

    /**
     * A value as a double: a number as it is, a date or timestamp as seconds since 1970-01-01T00:00Z; NULL where it is
     * not finite.
     */
    String finite(String expression, ColumnType type);

    /**
     * How many values fall between edges, as a list of counts in the sense of {@link Histogram}: {@code edges[i] <= x <
     * edges[i + 1]}, with one count more at the end for {@code x = edges[last]}. No value may be outside the edges; NULL
     * when there are no values.
     *
     * @param expression a double
     * @param edges rising strictly
     */
    String binCounts(String expression, List<Double> edges);

    /**
     * The index of a text in a list, counted from 0, as an integer.
     *
     * @param values all that the text can be, each once
     */
    String indexIn(String expression, List<String> values);

    /** Whether rows that were kept stay in the order of their file, so that they can be numbered afterwards. */
    default boolean keepsOrder() {
        return true;
    }

    /**
     * Whether no row of a relation has these values.
     *
     * @param values never NULL
     * @param keys of the relation's rows, as many expressions, never NULL
     * @param from what goes after {@code FROM}
     */
    default String isNowhere(List<String> values, List<String> keys, String from) {
        return "(%s) NOT IN (SELECT (%s) FROM %s)".formatted(String.join(", ", values), String.join(", ", keys), from);
    }

    /** The rows of a relation with their number, counted from 1 in file order, as column {@code row_number}. */
    default String numbered(Relation relation) {
        return numbered(relation, "row_number");
    }

    /** The rows of a relation with their number, counted from 1 in file order, as a column that none has the name of. */
    default String numbered(Relation relation, String numberColumn) {
        return numbered(relation.sql(), numberColumn);
    }

    /** The same of a relation by what goes after {@code FROM}. */
    String numbered(String relation, String numberColumn);

    /**
     * The rows of a query with their place in an order, counted from 1, as a column that none has the name of.
     *
     * @param order columns, missing values last; no two rows are alike in all of them
     */
    default String ranked(String query, List<String> order, String column) {
        return "(SELECT *, row_number() OVER (ORDER BY %s) AS %s FROM (%s) AS unranked)"
                .formatted(String.join(", ", order), column, query);
    }
}
