package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.metric.Findings;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The champion's predictions beside the model's, row by row. */
final class ChampionRows {

    private ChampionRows() {}

    /**
     * Puts the champion's predictions beside the rows.
     *
     * @return how queries name the rows of both; empty, with a note, when they are not predictions of the same rows
     */
    static Optional<String> beside(JudgedRows rows, ChampionSource champion, DataSource data, Findings findings)
            throws InterruptedException {
        DataEngine engine = rows.engine();
        Predictions file = new Predictions(engine, engine.open(data));
        JudgedRows theirs;
        try {
            Roles roles = champion.kept() ? kept(rows.task(), rows.roles()) : rows.roles();
            theirs = JudgedRows.read(
                    file, rows.task(), roles, RoleColumns.find(rows.task(), roles, file), List.of(), List.of(), true);
        } catch (InvalidInputException e) {
            if (!champion.kept()) {
                throw e;
            }
            findings.note("the champion was judged by other columns, so it is compared by its metrics alone");
            return Optional.empty();
        }
        if (!areSame(rows, theirs)) {
            findings.note("the champion's predictions in %s are of other rows, so it is compared by its metrics alone"
                    .formatted(file.file()));
            return Optional.empty();
        }
        String columns = rows.columns().predicted().keySet().stream()
                .map(name -> ", c." + name + " AS champion_" + name)
                .collect(Collectors.joining());
        return Optional.of(engine.keep("SELECT m.*%s FROM %s AS m JOIN %s AS c ON m.id = c.id"
                .formatted(columns, rows.identified(), theirs.identified())));
    }

    private static boolean areSame(JudgedRows mine, JudgedRows theirs) throws InterruptedException {
        if (mine.rows() != theirs.rows()) {
            return false;
        }
        requireDistinct(mine);
        requireDistinct(theirs);
        String same = mine.columns().actual().keySet().stream()
                .map(name -> mine.comparable("m." + name) + " = " + theirs.comparable("c." + name))
                .collect(Collectors.joining(" AND "));
        Row row = mine.engine()
                .query("SELECT COUNT(*) AS n FROM %s AS m JOIN %s AS c ON m.id = c.id WHERE %s"
                        .formatted(mine.identified(), theirs.identified(), same))
                .get(0);
        return row.count("n") == mine.rows();
    }

    private static void requireDistinct(JudgedRows rows) throws InterruptedException {
        if (rows.columns().id().isEmpty()) {
            return;
        }
        List<Row> twice = rows.engine()
                .query("SELECT id, COUNT(*) AS n FROM " + rows.table()
                        + " GROUP BY id HAVING COUNT(*) > 1 ORDER BY id LIMIT 1");
        if (!twice.isEmpty()) {
            throw new InvalidInputException("%s: column '%s' (the id) must name each row, but %d rows have '%s'"
                    .formatted(
                            rows.file().file(),
                            rows.columns().id().get().name(),
                            twice.get(0).count("n"),
                            twice.get(0).text("id").orElse("")));
        }
    }

    /** The roles in a file that {@link JudgedRows#export} has written. */
    private static Roles kept(Task task, Roles roles) {
        boolean prediction = roles.prediction().isPresent() && task != Task.RANKING;
        boolean score =
                task == Task.RANKING || (task == Task.BINARY && roles.score().isPresent());
        Map<String, String> scores = new LinkedHashMap<>();
        for (String name : roles.scores().keySet()) {
            scores.put(name, "score_" + scores.size());
        }
        Map<String, Roles.LabelColumns> labels = new LinkedHashMap<>();
        boolean predicted = roles.labels().values().stream()
                .allMatch(one -> one.prediction().isPresent());
        roles.labels().forEach((name, columns) -> {
            int i = labels.size();
            labels.put(
                    name,
                    new Roles.LabelColumns(
                            "actual_" + i,
                            predicted ? Optional.of("predicted_" + i) : Optional.empty(),
                            columns.score().map(any -> "score_" + i)));
        });
        Map<Double, String> quantiles = new LinkedHashMap<>();
        for (double level : roles.levels()) {
            quantiles.put(level, "quantile_" + quantiles.size());
        }
        return new Roles(
                Optional.of("actual"),
                prediction ? Optional.of("predicted") : Optional.empty(),
                score ? Optional.of("score") : Optional.empty(),
                scores,
                roles.positive(),
                labels,
                quantiles,
                roles.query().map(any -> "query"),
                Optional.empty(),
                Optional.of("id"),
                OptionalInt.empty());
    }
}
