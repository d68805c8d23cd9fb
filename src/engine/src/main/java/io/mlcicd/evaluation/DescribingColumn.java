package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import java.util.List;

/**
 * A column that describes slices.
 *
 * @param column its name and type
 * @param index which of the described columns it is
 * @param literals what its rows can have in common; no row has two of them
 */
record DescribingColumn(Column column, int index, List<Literal> literals) {

    /**
     * Something that rows have in common in one column.
     *
     * @param words in words, such as {@code season = winter}
     * @param sql the same as a condition on the described column; literals are asked in their order, and the first that
     *     holds is a row's
     */
    record Literal(String words, String sql) {}

    DescribingColumn {
        literals = List.copyOf(literals);
    }

    /** Which literal a row has, counted from 0, in SQL; -1 for none. */
    String code() {
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 0; i < literals.size(); i++) {
            sql.append(" WHEN ").append(literals.get(i).sql()).append(" THEN ").append(i);
        }
        return "CAST(" + sql + " ELSE -1 END AS SMALLINT)";
    }
}
