package io.mlcicd.evaluation;

import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Confusion matrices of groups of rows, from one count by group, label and prediction. */
final class Confusions {

    private record Cell(String group, String actual, String predicted, long rows) {}

    private final List<Cell> cells = new ArrayList<>();

    private Confusions() {}

    /**
     * Counts.
     *
     * @param actual the true class in SQL
     * @param predicted the predicted class in SQL
     */
    static Confusions count(Predictions predictions, Grouping grouping, String actual, String predicted)
            throws InterruptedException {
        Confusions counts = new Confusions();
        predictions.engine().stream(
                "SELECT g, a, p, COUNT(*) AS n FROM (SELECT " + grouping.sql() + " AS g, " + actual + " AS a, "
                        + predicted + " AS p FROM " + predictions.from() + ") AS labelled GROUP BY g, a, p",
                counts::add);
        return counts;
    }

    private void add(Row row) {
        cells.add(new Cell(
                row.text("g").orElseThrow(),
                row.text("a").orElseThrow(),
                row.text("p").orElseThrow(),
                row.count("n")));
    }

    /** All classes that occur as a label or as a prediction. */
    SortedSet<String> classes() {
        TreeSet<String> names = new TreeSet<>();
        cells.forEach(cell -> {
            names.add(cell.actual());
            names.add(cell.predicted());
        });
        return names;
    }

    /** One matrix for each group, over the classes that occur in the group or, when there are some, over these. */
    Map<String, ConfusionMatrix> matrices(List<String> fixedClasses) {
        Map<String, List<Cell>> byGroup = new TreeMap<>();
        cells.forEach(cell ->
                byGroup.computeIfAbsent(cell.group(), key -> new ArrayList<>()).add(cell));
        Map<String, ConfusionMatrix> matrices = new TreeMap<>();
        byGroup.forEach((group, ofGroup) -> matrices.put(group, matrix(ofGroup, fixedClasses)));
        return matrices;
    }

    private static ConfusionMatrix matrix(List<Cell> cells, List<String> fixedClasses) {
        List<String> classes = fixedClasses;
        if (classes.isEmpty()) {
            TreeSet<String> names = new TreeSet<>();
            cells.forEach(cell -> {
                names.add(cell.actual());
                names.add(cell.predicted());
            });
            classes = List.copyOf(names);
        }
        long[][] counts = new long[classes.size()][classes.size()];
        for (Cell cell : cells) {
            counts[classes.indexOf(cell.actual())][classes.indexOf(cell.predicted())] += cell.rows();
        }
        return new ConfusionMatrix(classes, counts);
    }
}
