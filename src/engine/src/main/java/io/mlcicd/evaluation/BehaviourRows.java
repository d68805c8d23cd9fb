package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.BehaviourSpec.Kind;
import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of one behavioural test, and what is expected of each. */
final class BehaviourRows {

    private static final int MOST_EXAMPLES = 5;

    /** Some units in the last place: 0.8 and 0.7 are 0.1 apart, whatever binary fractions make of it. */
    private static final String ROUNDING = "4e-16";

    private final BehaviourSpec test;
    private final Predictions file;
    private final Column original;
    private final Column changed;
    private final boolean numbers;

    private BehaviourRows(BehaviourSpec test, Predictions file, Column original, Column changed, boolean numbers) {
        this.test = test;
        this.file = file;
        this.original = original;
        this.changed = changed;
        this.numbers = numbers;
    }

    /**
     * The rows of a file.
     *
     * @throws InvalidInputException when a column is missing, or holds no numbers where more and less are asked for
     */
    static BehaviourRows of(BehaviourSpec test, Predictions file) throws InterruptedException {
        boolean minimum = test.kind() == Kind.MINIMUM;
        String roleOfOriginal = minimum ? "the expected answer" : "the answer to the original case";
        String roleOfChanged = minimum ? "the answer" : "the answer to the changed case";
        boolean ordered = test.kind() == Kind.INCREASE || test.kind() == Kind.DECREASE || test.tolerance() > 0;
        Column original =
                ordered ? file.numbers(test.original(), roleOfOriginal) : file.column(test.original(), roleOfOriginal);
        Column changed =
                ordered ? file.numbers(test.changed(), roleOfChanged) : file.column(test.changed(), roleOfChanged);
        if (test.describe().isPresent()) {
            file.column(test.describe().get(), "what shows a case to a person");
        }
        boolean numbers = original.type().isNumeric() && changed.type().isNumeric();
        return new BehaviourRows(test, file, original, changed, numbers);
    }

    /** Counts the rows that behave, and tells the first that do not. */
    Behaviour judge() throws InterruptedException {
        Row counts = file.engine()
                .query("SELECT COUNT(*) AS n, COUNT(CASE WHEN %s THEN 1 END) AS passed FROM %s"
                        .formatted(behaves(), file.from()))
                .get(0);
        long rows = counts.count("n");
        if (rows == 0) {
            throw new InvalidInputException(file.file() + " has no rows to test");
        }
        long passed = counts.count("passed");
        return new Behaviour(test.name(), test.kind().key(), rows, passed, passed < rows ? examples() : List.of());
    }

    /** Whether a row has what is expected of it; NULL where an answer is missing. */
    private String behaves() {
        if (!numbers) {
            return ClassLabels.sql(original) + " = " + ClassLabels.sql(changed);
        }
        String before = number(original);
        String after = number(changed);
        String slack = "(%s + %s * (ABS(%s) + ABS(%s)))"
                .formatted(DataEngine.literal(test.tolerance()), ROUNDING, before, after);
        return switch (test.kind()) {
            case INVARIANCE, MINIMUM -> "ABS(%s - %s) <= %s".formatted(after, before, slack);
            case INCREASE -> "%s - %s >= -%s".formatted(after, before, slack);
            case DECREASE -> "%s - %s <= %s".formatted(after, before, slack);
        };
    }

    /** NULL where a number is not finite, for such is no answer. */
    private String number(Column column) {
        return file.engine().dialect().finite(DataEngine.quote(column.name()), ColumnType.NUMBER);
    }

    private List<String> examples() throws InterruptedException {
        String shown = test.describe()
                .map(name -> ", CAST(" + DataEngine.quote(name) + " AS VARCHAR) AS shown")
                .orElse("");
        String number = file.freeName("row_number");
        String sql =
                "SELECT %s AS number, %s AS before_, %s AS after_%s FROM %s AS numbered WHERE NOT COALESCE(%s, FALSE) ORDER BY %s LIMIT %d"
                        .formatted(
                                number,
                                ClassLabels.sql(original),
                                ClassLabels.sql(changed),
                                shown,
                                file.engine().dialect().numbered(file.relation(), number),
                                behaves(),
                                number,
                                MOST_EXAMPLES);
        List<String> examples = new ArrayList<>();
        for (Row row : file.engine().query(sql)) {
            String described = row.text("shown")
                    .map(text -> " (" + Wording.shown(text) + ")")
                    .orElse("");
            examples.add("row %d%s: %s"
                    .formatted(row.count("number"), described, finding(row.text("before_"), row.text("after_"))));
        }
        return examples;
    }

    private String finding(Optional<String> before, Optional<String> after) {
        String first = before.map(Wording::shown).orElse("nothing");
        String second = after.map(Wording::shown).orElse("nothing");
        return switch (test.kind()) {
            case MINIMUM -> "expected %s, but the answer is %s".formatted(first, second);
            case INVARIANCE -> "%s became %s, but the change must not matter".formatted(first, second);
            case INCREASE -> "%s became %s, but must not get less".formatted(first, second);
            case DECREASE -> "%s became %s, but must not get more".formatted(first, second);
        };
    }
}
