package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import io.mlcicd.evaluation.metric.Findings;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.statistic.DieboldMariano;
import io.mlcicd.statistic.McNemar;
import io.mlcicd.statistic.PairedDeLong;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tests of whether model and champion differ, from their predictions of the same rows. */
final class PairedTests {

    /** Beyond this, two sorted columns of scores would take more memory than a test is worth; sums take their place. */
    private static final long MOST_IN_MEMORY = 5_000_000;

    private final CodedRows rows;
    private final OptionalDouble threshold;

    private final Findings findings;

    private PairedTests(CodedRows rows, OptionalDouble threshold, Findings findings) {
        this.rows = rows;
        this.threshold = threshold;
        this.findings = findings;
    }

    /**
     * The tests that fit the task. They count each row once, whatever its weight.
     *
     * @param threshold binary: from which score on a row counts as positive, where there is no column of predictions
     * @param findings hear of tests that are left out
     */
    static List<PairedTest> of(CodedRows rows, OptionalDouble threshold, Findings findings)
            throws InterruptedException {
        PairedTests tests = new PairedTests(rows, threshold, findings);
        return switch (rows.rows().task()) {
            case BINARY -> tests.binary();
            case MULTICLASS -> List.of(tests.mcNemar("predicted", "champion_predicted"));
            case REGRESSION ->
                tests.dieboldMariano("ABS(predicted - actual) - ABS(champion_predicted - actual)", "absolute errors");
            case QUANTILE -> tests.dieboldMariano(tests.pinballDifference(), "pinball losses");
            case MULTILABEL, RANKING -> List.of();
        };
    }

    private List<PairedTest> binary() throws InterruptedException {
        JudgedColumns columns = rows.columns(Side.MODEL);
        List<PairedTest> found = new ArrayList<>();
        String cut = "(CASE WHEN %sscore >= " + threshold.orElse(0.5) + " THEN 1 ELSE 0 END)";
        found.add(
                columns.predicted()
                        ? mcNemar("predicted", "champion_predicted")
                        : mcNemar(cut.formatted(""), cut.formatted("champion_")));
        if (columns.scored().contains(1)) {
            (areMany()
                            ? DeLongSums.of(
                                    rows,
                                    columns.score(),
                                    rows.columns(Side.CHAMPION).score())
                            : deLong())
                    .map(PairedTests::told)
                    .ifPresent(found::add);
        }
        return found;
    }

    private boolean areMany() {
        return rows.rows().rows() > Math.min(MOST_IN_MEMORY, rows.engine().mostHandedOver());
    }

    private PairedTest mcNemar(String mine, String champions) throws InterruptedException {
        Row row = rows.engine()
                .query("SELECT COUNT(CASE WHEN %1$s = actual AND %2$s <> actual THEN 1 END) AS mine,"
                                .formatted(mine, champions)
                        + " COUNT(CASE WHEN %1$s <> actual AND %2$s = actual THEN 1 END) AS theirs FROM "
                                .formatted(mine, champions)
                        + rows.from())
                .get(0);
        McNemar test = new McNemar(row.count("mine"), row.count("theirs"));
        return new PairedTest(
                "McNemar",
                test.statistic(),
                test.pValue(),
                "the model alone is right on %d rows, the champion alone on %d: %s"
                        .formatted(test.firstOnly(), test.secondOnly(), verdict(test.pValue())));
    }

    private Optional<PairedDeLong> deLong() throws InterruptedException {
        int size = Math.toIntExact(rows.rows().rows());
        boolean[] positive = new boolean[size];
        double[] mine = new double[size];
        double[] champions = new double[size];
        int[] count = {0};
        rows.engine()
                .scan(
                        "SELECT CAST(actual AS DOUBLE), CAST(score AS DOUBLE), CAST(champion_score AS DOUBLE) FROM "
                                + rows.from(),
                        3,
                        row -> {
                            int i = count[0]++;
                            positive[i] = row[0] == 1;
                            mine[i] = row[1];
                            champions[i] = row[2];
                        });
        return PairedDeLong.of(
                Arrays.copyOf(positive, count[0]), Arrays.copyOf(mine, count[0]), Arrays.copyOf(champions, count[0]));
    }

    private static PairedTest told(PairedDeLong test) {
        return new PairedTest(
                "DeLong",
                test.statistic(),
                test.pValue(),
                String.format(
                        Locale.ROOT,
                        "rocAuc is %.4f, the champion's %.4f: %s",
                        test.first(),
                        test.second(),
                        verdict(test.pValue())));
    }

    private List<PairedTest> dieboldMariano(String difference, String losses) throws InterruptedException {
        int horizon = rows.rows().roles().horizon().orElse(1);
        if (areMany() && horizon > 1) {
            findings.note(
                    "the test of Diebold and Mariano is left out: at a horizon of %d it needs the rows in the order of time, which are too many to be read one by one"
                            .formatted(horizon));
            return List.of();
        }
        Optional<DieboldMariano> test = areMany() ? summed(difference) : ordered(difference, horizon);
        return test.map(known -> told(known, losses)).stream().toList();
    }

    private Optional<DieboldMariano> ordered(String difference, int horizon) throws InterruptedException {
        double[] differences = new double[Math.toIntExact(rows.rows().rows())];
        int[] count = {0};
        String order = rows.rows().place().map(place -> " ORDER BY " + place).orElse("");
        rows.engine()
                .scan(
                        "SELECT CAST(" + difference + " AS DOUBLE) FROM " + rows.from() + order,
                        1,
                        row -> differences[count[0]++] = row[0]);
        return count[0] <= horizon
                ? Optional.empty()
                : Optional.of(DieboldMariano.of(count[0], i -> differences[i], horizon));
    }

    /** At a horizon of 1 mean and variance are enough. */
    private Optional<DieboldMariano> summed(String difference) throws InterruptedException {
        String differences = "(SELECT CAST(" + difference + " AS DOUBLE) AS d FROM " + rows.from() + ") AS differences";
        Row first = rows.engine()
                .query("SELECT COUNT(*) AS n, AVG(d) AS mean, MIN(d) AS least, MAX(d) AS greatest FROM " + differences)
                .get(0);
        long size = first.count("n");
        if (size < 2) {
            return Optional.empty();
        }
        double least = first.number("least").orElseThrow();
        if (least == first.number("greatest").orElseThrow()) {
            return Optional.of(DieboldMariano.of(size, least, 0));
        }
        double mean = first.number("mean").orElseThrow();
        String rest = "(d - " + DataEngine.literal(mean) + ")";
        Row second = rows.engine()
                .query("SELECT AVG(%1$s * %1$s) AS v FROM ".formatted(rest) + differences)
                .get(0);
        return Optional.of(DieboldMariano.of(size, mean, second.number("v").orElseThrow()));
    }

    private static PairedTest told(DieboldMariano test, String losses) {
        return new PairedTest(
                "Diebold–Mariano",
                finite(test.statistic()),
                test.pValue(),
                String.format(
                        Locale.ROOT,
                        "the model's %s are %.4g %s than the champion's on average: %s",
                        losses,
                        Math.abs(test.meanDifference()),
                        test.meanDifference() <= 0 ? "lower" : "higher",
                        verdict(test.pValue())));
    }

    /** The mean over the levels of the pinball loss, the model's minus the champion's. */
    private String pinballDifference() {
        List<Double> levels = rows.columns(Side.MODEL).levels();
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            terms.add(pinball(rows.columns(Side.MODEL).quantile(i), levels.get(i)) + " - "
                    + pinball(rows.columns(Side.CHAMPION).quantile(i), levels.get(i)));
        }
        return "(" + String.join(" + ", terms) + ") / " + levels.size();
    }

    private static String pinball(String quantile, double level) {
        return "GREATEST(%2$s * (actual - %1$s), (%2$s - 1) * (actual - %1$s))".formatted(quantile, level);
    }

    /** JSON has no infinity. */
    private static double finite(double statistic) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, statistic));
    }

    private static String verdict(double p) {
        String text = p < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", p);
        return p < 0.05
                ? "more than chance would make of equal models (" + text + ")"
                : "no more than chance makes of equal models (" + text + ")";
    }
}
