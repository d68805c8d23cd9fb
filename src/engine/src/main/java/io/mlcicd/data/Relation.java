package io.mlcicd.data;

import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * A data set that an engine has opened.
 *
 * @param source what was opened
 * @param sql how queries name it: goes after {@code FROM}
 * @param columns its columns, in their order
 */
public record Relation(DataSource source, String sql, List<Column> columns) {

    /** The column of that exact name, if there is one. */
    public Optional<Column> find(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /**
     * The column of that exact name.
     *
     * @param role what the column is for, to be told when it is missing ("the label")
     * @throws InvalidInputException when there is none; the message lists those that are there
     */
    public Column require(String name, String role) {
        List<String> names = columns.stream().map(Column::name).toList();
        return find(name)
                .orElseThrow(() -> new InvalidInputException("%s has no column '%s' (%s)%s; its columns are: %s"
                        .formatted(source.shown(), name, role, Spelling.hint(name, names), String.join(", ", names))));
    }
}
