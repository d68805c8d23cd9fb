package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A predictions file that was opened, for tests of what is done with it. */
final class JudgedFile implements AutoCloseable {

    private final DataEngine engine;
    private final Predictions predictions;

    private JudgedFile(DataEngine engine, Predictions predictions) {
        this.engine = engine;
        this.predictions = predictions;
    }

    static JudgedFile of(Path folder, String csv) throws InterruptedException {
        try {
            Path file = Files.writeString(folder.resolve("predictions.csv"), csv);
            DataSource source = DataSource.of("predictions", file);
            DataEngine engine = DataEngine.embedded(source);
            return new JudgedFile(engine, new Predictions(engine, engine.open(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Predictions predictions() {
        return predictions;
    }

    /** Roles of columns with these names; of those that the task has no use for, an empty name. */
    static Roles roles(String label, String prediction, String score, String weight) {
        return new Roles(
                Optional.of(label),
                named(prediction),
                named(score),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                named(weight),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Optional<String> named(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(column);
    }

    /** The rows, split by some columns and described by others. */
    CodedRows rows(Task task, Roles roles, List<String> groups, List<String> described) throws InterruptedException {
        List<Grouping> groupings = new ArrayList<>();
        for (String column : groups) {
            groupings.add(Grouping.of(SliceSpec.of(column), predictions));
        }
        List<Column> describing = described.stream()
                .map(name -> predictions.column(name, "what describes"))
                .toList();
        RoleColumns columns = RoleColumns.find(task, roles, predictions);
        JudgedRows rows = JudgedRows.read(predictions, task, roles, columns, groupings, describing, false);
        return CodedRows.of(rows, rows.table(), false, groupings);
    }

    @Override
    public void close() {
        engine.close();
    }
}
