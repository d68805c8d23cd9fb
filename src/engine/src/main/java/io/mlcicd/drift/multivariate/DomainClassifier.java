package io.mlcicd.drift.multivariate;

import io.mlcicd.drift.learner.BoostedTrees;
import io.mlcicd.drift.learner.Matrix;
import io.mlcicd.statistic.DeLong;
import io.mlcicd.statistic.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * How well a classifier tells the rows of two sides apart that it has not learned from: at 0.5 of the area under the ROC
 * curve not at all, at 1 always.
 *
 * <p>{@link BoostedTrees} are learned five times, each time without a fifth of the rows of each side, and asked about that
 * fifth. The interval of the area is {@link DeLong}'s; the p-value is that of Mann and Whitney's test with ties and
 * continuity correction, against that current rows score higher, as in scipy's {@code mannwhitneyu(method='asymptotic',
 * alternative='greater')}.
 *
 * <p>Source: D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017.
 */
public final class DomainClassifier {

    private static final int FOLDS = 5;
    private static final double CONFIDENCE = 0.95;

    /** How many values of both sides together are learned from, which takes a few seconds. */
    private static final int MOST_CELLS = 8_000_000;

    private static final int LEAST_ROWS = 1_000;

    /** Scores nearer than this are equal. */
    private static final double ROUNDING = 1e-9;

    private DomainClassifier() {}

    /** How far apart two sides are. */
    public static final class Separation {
        private final double auc;
        private final Interval interval;
        private final double pValue;
        private final double[] importances;
        private final int rows;

        private Separation(double auc, Interval interval, double pValue, double[] importances, int rows) {
            this.auc = auc;
            this.interval = interval;
            this.pValue = pValue;
            this.importances = importances;
            this.rows = rows;
        }

        /** The area under the ROC curve over all rows, each judged by trees that have not seen it; 0 to 1. */
        public double auc() {
            return auc;
        }

        /** Its two-sided confidence interval of 95 %. */
        public Interval interval() {
            return interval;
        }

        /** The probability of such an area or a greater one between sides that do not differ. */
        public double pValue() {
            return pValue;
        }

        /** Each column's share in telling the sides apart, summing to 1; all 0 when nothing tells them apart. */
        public double[] importances() {
            return importances.clone();
        }

        /** How many rows of both sides were judged. */
        public int rows() {
            return rows;
        }
    }

    /**
     * Tells the sides apart. Of wide data fewer rows are taken, at equal distances, so that there are about eight million
     * values.
     *
     * @param reference at least ten rows; missing values are NaN
     * @param current at least ten rows of the same columns
     */
    public static Separation separate(Matrix reference, Matrix current, long seed) throws InterruptedException {
        int most = Math.max(LEAST_ROWS, MOST_CELLS / 2 / reference.columns());
        Matrix before = spread(reference, most);
        Matrix now = spread(current, most);
        Matrix x = before.above(now);
        double[] y = new double[x.rows()];
        Arrays.fill(y, before.rows(), y.length, 1);
        int[] folds = folds(before.rows(), now.rows(), seed);
        double[] scores = new double[y.length];
        double[] importances = new double[x.columns()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] learned = rows(folds, f -> f != held);
            int[] judged = rows(folds, f -> f == held);
            double[] classes = Arrays.stream(learned).mapToDouble(row -> y[row]).toArray();
            BoostedTrees trees = BoostedTrees.classifier(
                    x.select(learned), classes, BoostedTrees.Options.USUAL.withSeed(seed + fold));
            double[] probabilities = trees.predict(x.select(judged));
            double usual = odds(Arrays.stream(classes).average().orElseThrow());
            for (int i = 0; i < judged.length; i++) {
                // Folds differ a little in their shares of current rows; without them scores of all folds compare.
                scores[judged[i]] = rounded(odds(probabilities[i]) - usual);
            }
            double[] shares = trees.importances();
            for (int c = 0; c < shares.length; c++) {
                importances[c] += shares[c];
            }
        }
        double total = Arrays.stream(importances).sum();
        double[] shares = total == 0
                ? importances
                : Arrays.stream(importances).map(each -> each / total).toArray();
        return judge(scores, before.rows(), shares);
    }

    private static Matrix spread(Matrix x, int most) {
        if (x.rows() <= most) {
            return x;
        }
        return x.select(IntStream.range(0, most)
                .map(i -> (int) ((long) i * x.rows() / most))
                .toArray());
    }

    /** Each side's rows in random folds of equal size. */
    private static int[] folds(int before, int now, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] folds = new int[before + now];
        for (int i = 0; i < folds.length; i++) {
            folds[i] = (i < before ? i : i - before) % FOLDS;
        }
        shuffle(folds, 0, before, random);
        shuffle(folds, before, folds.length, random);
        return folds;
    }

    private static void shuffle(int[] values, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int other = random.nextInt(from, i + 1);
            int value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    private static int[] rows(int[] folds, IntPredicate which) {
        return IntStream.range(0, folds.length)
                .filter(row -> which.test(folds[row]))
                .toArray();
    }

    private static double rounded(double score) {
        // Adding 0 makes the two zeros one, which ranks tell apart.
        return Math.rint(score / ROUNDING) * ROUNDING + 0.0;
    }

    private static double odds(double probability) {
        double inside = Math.min(1 - 1e-12, Math.max(1e-12, probability));
        return Math.log(inside / (1 - inside));
    }

    /** The scores of the reference's rows come first. */
    static Separation judge(double[] scores, int before, double[] importances) {
        DeLong delong = new DeLong();
        List<Integer> falling = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -scores[row]))
                .toList();
        int at = 0;
        while (at < falling.size()) {
            double score = scores[falling.get(at)];
            double now = 0;
            double then = 0;
            while (at < falling.size() && scores[falling.get(at)] == score) {
                if (falling.get(at++) < before) {
                    then++;
                } else {
                    now++;
                }
            }
            delong.step(now, now, then, then);
        }
        double auc = delong.area();
        Interval interval = delong.uncertainty()
                .map(uncertainty -> uncertainty.interval(CONFIDENCE).within(0, 1))
                .orElse(new Interval(0, 1));
        double p = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .with(PValueMethod.ASYMPTOTIC)
                .test(Arrays.copyOfRange(scores, before, scores.length), Arrays.copyOf(scores, before))
                .getPValue();
        // Where all scores are equal, the test has nothing to say.
        return new Separation(auc, interval, Double.isNaN(p) ? 1 : p, importances, scores.length);
    }
}
