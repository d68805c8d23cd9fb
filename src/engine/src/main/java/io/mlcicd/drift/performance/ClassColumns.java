package io.mlcicd.drift.performance;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.ClassLabels;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Classes of predictions as numbers, in SQL over the columns of a file.
 *
 * @param classes their names; of a binary task the other one, then the positive one
 * @param scores the score of each class, or of a binary task that of the positive one alone; empty where there are none
 * @param predicted the index of the predicted class; -1 where it is none of them
 * @param actual the index of the true class, so too; empty where the file has no labels
 */
record ClassColumns(List<String> classes, List<String> scores, String predicted, Optional<String> actual) {

    private static final double HALF = 0.5;

    /** The columns of a file. */
    static ClassColumns of(PerformanceRequest request, Relation relation, List<String> classes) {
        boolean binary = request.task() == Task.BINARY;
        List<String> scores = binary
                ? request.roles().score().map(DataEngine::quote).stream().toList()
                : classes.stream()
                        .map(request.roles().scores()::get)
                        .filter(column -> column != null)
                        .map(DataEngine::quote)
                        .toList();
        String predicted = request.roles()
                .prediction()
                .map(name -> index(relation.require(name, "the prediction"), classes))
                .orElseGet(() -> binary ? decision(request, scores.get(0)) : mostLikely(scores));
        return new ClassColumns(
                classes,
                scores,
                predicted,
                request.roles().label().flatMap(relation::find).map(column -> index(column, classes)));
    }

    /** A number with an exponent is a double in SQL, one without it a decimal that may be rounded differently. */
    private static String decision(PerformanceRequest request, String score) {
        return "CASE WHEN %s >= %s THEN 1 ELSE 0 END"
                .formatted(
                        score, DataEngine.literal(request.options().threshold().orElse(HALF)));
    }

    private static String index(Column column, List<String> classes) {
        StringBuilder sql = new StringBuilder("CASE " + ClassLabels.sql(column));
        for (int i = 0; i < classes.size(); i++) {
            sql.append(" WHEN ")
                    .append(DataEngine.literal(classes.get(i)))
                    .append(" THEN ")
                    .append(i);
        }
        return sql.append(" ELSE -1 END").toString();
    }

    /** The class of the greatest score; of equal ones the first. */
    private static String mostLikely(List<String> scores) {
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 0; i < scores.size(); i++) {
            String score = scores.get(i);
            String others = IntStream.range(0, scores.size())
                    .filter(j -> !scores.get(j).equals(score))
                    .mapToObj(j -> score + " >= " + scores.get(j))
                    .reduce("TRUE", (all, one) -> all + " AND " + one);
            sql.append(" WHEN ").append(others).append(" THEN ").append(i);
        }
        return sql.append(" ELSE -1 END").toString();
    }

    /**
     * The names of the classes in these rows, of a binary task the positive one last.
     *
     * @throws InvalidInputException when a binary task has more than two
     */
    static List<String> classes(PerformanceRequest request, List<WatchedRows> all) throws InterruptedException {
        if (request.task() == Task.MULTICLASS && !request.roles().scores().isEmpty()) {
            return request.roles().scores().keySet().stream().sorted().toList();
        }
        NavigableSet<String> found = new TreeSet<>();
        for (WatchedRows rows : all) {
            List<Optional<String>> named =
                    List.of(request.roles().label(), request.roles().prediction());
            for (Column column : named.stream()
                    .flatMap(Optional::stream)
                    .flatMap(name -> rows.relation().find(name).stream())
                    .toList()) {
                for (Row row : rows.engine()
                        .query("SELECT DISTINCT %s AS name FROM %s WHERE %s IS NOT NULL LIMIT 1000"
                                .formatted(ClassLabels.sql(column), rows.table(), DataEngine.quote(column.name())))) {
                    row.text("name").ifPresent(found::add);
                }
            }
        }
        if (request.task() == Task.MULTICLASS) {
            return List.copyOf(found);
        }
        if (found.isEmpty()) {
            return List.of("0", request.roles().positive().orElse("1"));
        }
        String positive = ClassLabels.positive(
                found, request.roles().positive(), all.get(0).file());
        String other = found.stream()
                .filter(name -> !name.equals(positive))
                .findFirst()
                .orElse("not " + positive);
        return List.of(other, positive);
    }
}
