package io.mlcicd.data;

import java.util.List;

/** Expressions that engines write differently; arguments and results are SQL text. */
public interface Dialect {

    /** The exact continuous quantiles (linear interpolation, Hyndman and Fan's type 7) as a list of numbers. */
    String quantiles(String expression, List<Double> levels);

    /** Whether the whole text matches a regular expression (RE2 syntax). */
    String matches(String expression, String pattern);

    /** The value as that type, NULL where it is not one. */
    String tryCast(String expression, ColumnType type);

    /** A text as a timestamp in one of the formats of C's strptime; NULL where it is in none. */
    String parsedTime(String expression, List<String> formats);

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
}
