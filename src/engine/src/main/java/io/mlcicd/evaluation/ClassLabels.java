package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Class labels as text, so that a label column read as numbers and one read as text can be compared. */
public final class ClassLabels {

    private static final Set<String> POSITIVE_NAMES = Set.of("1", "true", "yes", "y", "positive", "pos");

    private ClassLabels() {}

    /**
     * A column's values as text, in SQL. Whole numbers lose their decimal point, so that the label {@code 1} and the
     * prediction {@code 1.0} are one class; booleans become {@code true} and {@code false}.
     */
    public static String sql(Column column) {
        String name = DataEngine.quote(column.name());
        String text = "CAST(" + name + " AS VARCHAR)";
        if (column.type() != ColumnType.NUMBER) {
            return text;
        }
        return "CASE WHEN " + name + " = FLOOR(" + name + ") AND ABS(" + name + ") < 1e15 THEN CAST(CAST(" + name
                + " AS BIGINT) AS VARCHAR) ELSE " + text + " END";
    }

    /**
     * The positive one of at most two classes: the one that was named, else the one called 1, true, yes, y, positive or
     * pos, else the later in the order of the text.
     *
     * @throws InvalidInputException when there are more than two classes, or the named one is not among two others
     */
    public static String positive(SortedSet<String> classes, Optional<String> named, String file) {
        if (classes.size() > 2) {
            throw new InvalidInputException("%s has %d classes (%s), but a binary task has two; is it multiclass?"
                    .formatted(file, classes.size(), String.join(", ", classes)));
        }
        if (named.isPresent()) {
            if (classes.size() == 2 && !classes.contains(named.get())) {
                throw new InvalidInputException("the positive class '%s' is not among the classes of %s: %s"
                        .formatted(named.get(), file, String.join(", ", classes)));
            }
            return named.get();
        }
        List<String> known = classes.stream()
                .filter(name -> POSITIVE_NAMES.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return known.size() == 1 ? known.get(0) : classes.last();
    }
}
