package io.mlcicd.data.expression;

import io.mlcicd.operation.InvalidInputException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A user's expression over the columns of one data set, as SQL that can do nothing but compute a value of them.
 *
 * @param sql the expression printed anew: columns quoted, operations in parentheses, functions of the allow list only
 * @param columns the columns it names, by their exact names, in its order
 */
public record SqlExpression(String sql, Set<String> columns) {

    public SqlExpression {
        // In the text's order, so that the same data are always told in the same words.
        columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    }

    /**
     * A condition on a row; as in SQL's CHECK, a row for which it is NULL keeps it.
     *
     * @throws InvalidInputException when it is none; the message says what is wrong, where, and what is allowed
     */
    public static SqlExpression condition(String text, Collection<String> columns) {
        return new Parser(text, columns, false).whole();
    }

    /**
     * A number over all rows, each column inside an aggregate.
     *
     * @throws InvalidInputException when it is none; the message says what is wrong, where, and what is allowed
     */
    public static SqlExpression aggregate(String text, Collection<String> columns) {
        return new Parser(text, columns, true).whole();
    }

    /** The condition of the rows that break this one. */
    public String broken() {
        return "NOT coalesce(" + sql + ", true)";
    }
}
