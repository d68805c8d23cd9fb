package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.document.Figures;
import io.mlcicd.drift.performance.Calibration.Scored;
import io.mlcicd.evaluation.ScoreLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Confidence-based estimation where rows are too many to be handed over: each row's probabilities are computed where it is,
 * and added up by window and predicted class, and for curves by window and score. Where there are too many scores, those of
 * a level count as equal, in the order of curves alone.
 */
final class AddedConfidence {

    /** In place of a window, all rows. */
    private static final int ALL = -1;

    private final DataEngine engine;
    private final String rows;
    private final int classes;
    private final int scores;
    private final int windows;
    private final Map<Integer, ExpectedMetrics> groups = new TreeMap<>();
    private boolean tied;

    private AddedConfidence(DataEngine engine, String rows, int classes, int scores, int windows) {
        this.engine = engine;
        this.rows = rows;
        this.classes = classes;
        this.scores = scores;
        this.windows = windows;
    }

    /** The scores of labelled rows by levels, half of the rows held out; see {@link Calibration}. */
    static Scored scored(DataEngine engine, String from, String score, String isTrue, String weight, String held)
            throws InterruptedException {
        String found =
                "(SELECT CAST(%s AS DOUBLE) AS s, CASE WHEN %s THEN 1E0 ELSE 0E0 END AS y, %s AS w, CASE WHEN %s THEN 1E0 ELSE 0E0 END AS h FROM %s) AS scored"
                        .formatted(score, isTrue, weight, held, from);
        String rows = engine.keep("SELECT s, y, w, h FROM " + found + " WHERE w > 0");
        ScoreLevels levels = ScoreLevels.of(engine, rows, "s");
        Scored scored = new Scored(1 << 10);
        String sums = "SUM(w * (1E0 - h)), SUM(w * y * (1E0 - h)), SUM(w * w * (1E0 - h)), SUM(w * h), SUM(w * y * h),"
                + " SUM(w * w * h)";
        engine.scan(
                "SELECT CAST(l AS DOUBLE) AS l, SUM(w * s) / SUM(w), MIN(s), MAX(s), %s FROM (SELECT %s AS l, s, y, w, h FROM %s) AS levelled GROUP BY l ORDER BY l"
                        .formatted(sums, levels.sql(1), rows),
                10,
                row -> {
                    double at = levels.exact(1) ? row[0] : row[1];
                    scored.between(row[2], row[3]);
                    scored.add(at, row[5], row[4], row[6], false);
                    scored.add(at, row[8], row[7], row[9], true);
                });
        return scored;
    }

    /**
     * Puts together what is expected.
     *
     * @param table the rows
     * @param window the column with the window's index
     * @param windows how many there are
     */
    static AddedConfidence of(
            DataEngine engine,
            String table,
            String window,
            int windows,
            ClassColumns columns,
            String weight,
            List<Calibration> calibrations)
            throws InterruptedException {
        int classes = columns.classes().size();
        String rows = engine.keep(probable(table, window, columns, weight, calibrations));
        AddedConfidence added =
                new AddedConfidence(engine, rows, classes, columns.scores().size(), windows);
        added.addConfusion();
        for (int i = 0; i < added.scores; i++) {
            added.addCurve(i);
        }
        return added;
    }

    /** Rows with {@code g} the window, {@code c} the predicted class, {@code w} the weight, scores and probabilities. */
    private static String probable(
            String table, String window, ClassColumns columns, String weight, List<Calibration> calibrations) {
        int scores = columns.scores().size();
        StringBuilder inner =
                new StringBuilder("SELECT %s AS g, %s AS c, %s AS w".formatted(window, columns.predicted(), weight));
        StringBuilder middle = new StringBuilder("SELECT g, c, w");
        StringBuilder outer = new StringBuilder("SELECT g, c, w");
        List<String> total = new ArrayList<>();
        for (int i = 0; i < scores; i++) {
            inner.append(
                    ", CAST(%s AS DOUBLE) AS s%d".formatted(columns.scores().get(i), i));
            middle.append(
                    ", s%1$d, %2$s AS q%1$d".formatted(i, calibrations.get(i).sql("s" + i)));
            outer.append(", s" + i);
            total.add("q" + i);
        }
        String sum = String.join(" + ", total);
        if (scores == 1) {
            outer.append(", 1E0 - q0 AS p0, q0 AS p1, 0E0 AS t");
        } else {
            for (int i = 0; i < scores; i++) {
                outer.append(", CASE WHEN t > 0 THEN q%1$d / t ELSE %2$s END AS p%1$d"
                        .formatted(i, DataEngine.literal(1.0 / scores)));
            }
        }
        return "%s FROM (SELECT *, %s AS t FROM (%s FROM (%s FROM %s) AS raw WHERE w > 0) AS calibrated) AS summed"
                .formatted(outer, sum, middle, inner, table);
    }

    private void addConfusion() throws InterruptedException {
        StringBuilder sql = new StringBuilder("SELECT CAST(g AS DOUBLE), CAST(c AS DOUBLE), SUM(w), SUM(w * w)");
        for (int i = 0; i < classes; i++) {
            sql.append(
                    ", SUM(w * p%1$d), SUM(CASE WHEN p%1$d < 1 THEN ln(1E0 - p%1$d) ELSE 0E0 END), MAX(CASE WHEN p%1$d < 1 THEN 0E0 ELSE 1E0 END)"
                            .formatted(i));
        }
        sql.append(" FROM ").append(rows).append(" GROUP BY g, c ORDER BY 1, 2");
        double[] expected = new double[classes];
        double[] logarithms = new double[classes];
        engine.scan(sql.toString(), 4 + 3 * classes, row -> {
            for (int i = 0; i < classes; i++) {
                expected[i] = row[4 + 3 * i];
                logarithms[i] = row[6 + 3 * i] > 0 ? Double.NEGATIVE_INFINITY : row[5 + 3 * i];
            }
            for (int group : new int[] {ALL, (int) row[0]}) {
                group(group).confusion().addSums(expected, logarithms, (int) row[1], row[2], row[3]);
            }
        });
    }

    private void addCurve(int score) throws InterruptedException {
        ScoreLevels levels = ScoreLevels.of(engine, rows, "s" + score);
        tied |= !levels.exact(windows);
        String branch =
                "SELECT CAST(g AS DOUBLE) AS g, CAST(l AS DOUBLE) AS l, SUM(w * p) AS p, SUM(w * (1E0 - p)) AS n, SUM(w) AS w, SUM(w * w) AS ww FROM (SELECT %s AS g, %s AS l, %s AS p, w FROM "
                        + rows + ") AS levelled GROUP BY g, l";
        String p = scores == 1 ? "p1" : "p" + score;
        engine.scan(
                branch.formatted(ALL, levels.sql(1), p) + " UNION ALL " + branch.formatted("g", levels.sql(windows), p)
                        + " ORDER BY 1, 2 DESC",
                6,
                row -> group((int) row[0]).curve(score).add(row[1], row[2], row[3], row[4], row[5]));
    }

    private ExpectedMetrics group(int index) {
        return groups.computeIfAbsent(index, none -> new ExpectedMetrics(classes, scores));
    }

    /** Of all rows, when there are any of a weight. */
    Optional<ExpectedMetrics> whole() {
        return Optional.ofNullable(groups.get(ALL));
    }

    /** Of each window. */
    Map<Integer, ExpectedMetrics> byWindow() {
        Map<Integer, ExpectedMetrics> byWindow = new TreeMap<>(groups);
        byWindow.remove(ALL);
        return byWindow;
    }

    /** What a reader must know. */
    Optional<String> sentence() {
        double error = groups.values().stream()
                .mapToDouble(ExpectedMetrics::tieError)
                .max()
                .orElse(0);
        return tied && error > 0
                ? Optional.of(
                        "scores were taken as equal where they are very near, for they are too many different ones: expected areas under ROC curves are off by at most %s"
                                .formatted(Figures.number(error)))
                : Optional.empty();
    }
}
