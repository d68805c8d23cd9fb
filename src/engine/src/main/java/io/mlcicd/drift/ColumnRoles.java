package io.mlcicd.drift;

import java.util.List;
import java.util.stream.Stream;

/**
 * The columns that are no features. They are compared even if of a kind that is left out as a rule, and told apart from
 * the features in the metrics.
 *
 * @param targets what the model is to predict, as a rule one column or none
 * @param predictions what it predicted: a column, or one for each score
 */
public record ColumnRoles(List<String> targets, List<String> predictions) {

    /** All columns are features. */
    public static final ColumnRoles NONE = new ColumnRoles(List.of(), List.of());

    public ColumnRoles {
        targets = List.copyOf(targets);
        predictions = List.copyOf(predictions);
    }

    /** The role of that column. */
    ColumnRole of(String column) {
        if (targets.contains(column)) {
            return ColumnRole.TARGET;
        }
        return predictions.contains(column) ? ColumnRole.PREDICTION : ColumnRole.FEATURE;
    }

    /** The columns that are no features. */
    List<String> all() {
        return Stream.concat(targets.stream(), predictions.stream()).toList();
    }
}
