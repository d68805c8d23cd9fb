package io.mlcicd.drift.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.drift.learner.BoostedTrees.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The peer is scikit-learn 1.9.1: HistGradientBoosting with max_iter=50, max_depth=4, learning_rate=0.1,
 * l2_regularization=1 and early_stopping=False, on {@link Formula}, rows 1 to 4000, tested on rows 5001 to 9000.
 */
class BoostedTreesTest {

    private static final Options OPTIONS = Options.USUAL;

    /** Five columns from a formula, the first with missing values, and targets of both kinds. */
    private record Formula(int first, int rows) {

        private static double fraction(int row, double factor) {
            double value = Math.sin(row * factor) * 10000;
            return value - Math.floor(value);
        }

        Matrix x() {
            double[] factors = {12.9898, 78.233, 37.719, 93.989, 11.135};
            double[][] columns = new double[5][rows];
            for (int i = 0; i < rows; i++) {
                for (int c = 0; c < 5; c++) {
                    columns[c][i] = fraction(first + i, factors[c]);
                }
                columns[0][i] = fraction(first + i, 4.1414) < 0.2 ? Double.NaN : columns[0][i];
            }
            return Matrix.ofColumns(List.of("a", "b", "c", "d", "e"), columns);
        }

        private double signal(int row) {
            double a = fraction(row, 12.9898);
            double b = fraction(row, 78.233);
            return 2 * a + 3 * b * b - 2 * a * fraction(row, 37.719);
        }

        double[] numbers() {
            return IntStream.range(first, first + rows)
                    .mapToDouble(row -> signal(row) + 0.5 * (fraction(row, 51.517) - 0.5))
                    .toArray();
        }

        double[] classes() {
            return IntStream.range(first, first + rows)
                    .mapToDouble(row -> signal(row) + 4 * (fraction(row, 51.517) - 0.5) > 1.5 ? 1 : 0)
                    .toArray();
        }
    }

    private static final Formula TRAIN = new Formula(1, 4000);
    private static final Formula TEST = new Formula(5001, 4000);

    @Test
    void tellsClassesApartAboutAsWellAsScikitLearn() throws Exception {
        BoostedTrees trees = BoostedTrees.classifier(TRAIN.x(), TRAIN.classes(), OPTIONS);

        double[] probabilities = trees.predict(TEST.x());

        assertThat(area(probabilities, TEST.classes())).isCloseTo(0.75923, within(0.01));
        double mean = Arrays.stream(probabilities).average().orElseThrow();
        double share = Arrays.stream(TRAIN.classes()).average().orElseThrow();
        assertThat(mean).isCloseTo(share, within(0.02));
    }

    @Test
    void predictsNumbersAboutAsWellAsScikitLearn() throws Exception {
        BoostedTrees trees = BoostedTrees.regressor(TRAIN.x(), TRAIN.numbers(), OPTIONS);

        assertThat(squaredError(trees.predict(TEST.x()), TEST.numbers())).isCloseTo(0.0489897, within(0.003));
        assertThat(trees.importances()[1]).isGreaterThan(0.6);
        assertThat(trees.importances()[3] + trees.importances()[4]).isLessThan(0.02);
        assertThat(Arrays.stream(trees.importances()).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void onItsOwnRowsTheErrorFallsWithEachTree() throws Exception {
        double before = Double.POSITIVE_INFINITY;
        for (int number : new int[] {1, 2, 5, 10, 20, 40}) {
            BoostedTrees trees = BoostedTrees.regressor(
                    TRAIN.x(), TRAIN.numbers(), OPTIONS.withTrees(number).withSubsample(1));
            double error = squaredError(trees.predict(TRAIN.x()), TRAIN.numbers());
            assertThat(error).isLessThan(before);
            before = error;
        }
    }

    @Test
    void isTheSameForASeedOnAnyNumberOfThreads() throws Exception {
        double[] alone = predicted(1);
        double[] together = predicted(4);

        assertThat(together).isEqualTo(alone);
        double[] other = BoostedTrees.classifier(TRAIN.x(), TRAIN.classes(), OPTIONS.withSeed(1))
                .predict(TEST.x());
        assertThat(other).isNotEqualTo(alone);
    }

    private static double[] predicted(int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> BoostedTrees.classifier(TRAIN.x(), TRAIN.classes(), OPTIONS)
                            .predict(TEST.x()))
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aStepIsFoundWhereItIs() throws Exception {
        double[] x = IntStream.range(0, 200).mapToDouble(i -> i).toArray();
        double[] y = IntStream.range(0, 200).mapToDouble(i -> i < 77 ? -1 : 1).toArray();
        Options stump = new Options(1, 1, 1, 1, 20, 0, 255, 0);

        double[] predicted = BoostedTrees.regressor(column(x), y, stump).predict(column(x));

        assertThat(predicted).containsExactly(y, within(1e-12));
    }

    @Test
    void aLeafIsTheNewtonStepOfThePaper() throws Exception {
        // One leaf at probability 1/2: -G / (H + l2) with G = sum(1/2 - y) = -1 on 3 of 4, H = 4/4.
        double[] y = {1, 1, 1, 0, 0, 0, 0, 1};
        double[] x = {0, 0, 0, 0, 1, 1, 1, 1};
        Options stump = new Options(1, 1, 1, 1, 1, 1, 255, 0);

        double[] predicted = BoostedTrees.classifier(column(x), y, stump).predict(column(x));

        double score = 1.0 / (1 + 1);
        assertThat(predicted[0]).isCloseTo(1 / (1 + Math.exp(-score)), within(1e-12));
        assertThat(predicted[7]).isCloseTo(1 / (1 + Math.exp(score)), within(1e-12));
    }

    @Test
    void missingValuesGoWhereTheyFit() throws Exception {
        double[] x = IntStream.range(0, 300)
                .mapToDouble(i -> i % 3 == 0 ? Double.NaN : i % 3)
                .toArray();
        double[] likeTwo =
                IntStream.range(0, 300).mapToDouble(i -> i % 3 == 1 ? 0 : 1).toArray();
        double[] alone =
                IntStream.range(0, 300).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray();
        Options stump = new Options(1, 1, 1, 1, 20, 0, 255, 0);

        assertThat(BoostedTrees.regressor(column(x), likeTwo, stump).predict(column(x)))
                .containsExactly(likeTwo, within(1e-12));
        assertThat(BoostedTrees.regressor(column(x), alone, stump).predict(column(x)))
                .containsExactly(alone, within(1e-12));
    }

    @Test
    void missingValuesNeverSeenGoWithTheGreaterPart() throws Exception {
        double[] x = IntStream.range(0, 300).mapToDouble(i -> i).toArray();
        double[] y = IntStream.range(0, 300).mapToDouble(i -> i < 100 ? 0 : 6).toArray();
        Options stump = new Options(1, 1, 1, 1, 20, 0, 255, 0);

        double[] predicted = BoostedTrees.regressor(column(x), y, stump).predict(column(Double.NaN));

        assertThat(predicted).containsExactly(new double[] {6}, within(1e-12));
    }

    @Test
    void columnsThatTellNothingChangeNothing() throws Exception {
        double[] nothing = new double[100];
        Arrays.fill(nothing, Double.NaN);
        Matrix x = Matrix.ofColumns(List.of("constant", "missing"), new double[][] {new double[100], nothing});
        double[] y =
                IntStream.range(0, 100).mapToDouble(i -> i % 4 == 0 ? 1 : 0).toArray();

        BoostedTrees trees = BoostedTrees.classifier(x, y, OPTIONS.withSubsample(1));

        assertThat(trees.importances()).containsExactly(0, 0);
        assertThat(trees.predict(x)).containsOnly(trees.predict(x)[0]);
        assertThat(trees.predict(x)[0]).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void oneRowIsPredictedAsItself() throws Exception {
        assertThat(BoostedTrees.regressor(column(3), new double[] {42}, OPTIONS).predict(column(7, Double.NaN)))
                .containsExactly(42, 42);
        assertThat(BoostedTrees.classifier(column(3), new double[] {1}, OPTIONS).predict(column(7))[0])
                .isBetween(0.5, 1.0);
    }

    @Test
    void oneClassAloneIsLikelyAndFinite() throws Exception {
        Matrix x = TRAIN.x();
        double[] y = new double[4000];

        double[] predicted = BoostedTrees.classifier(x, y, OPTIONS).predict(x);

        assertThat(Arrays.stream(predicted).max().orElseThrow()).isBetween(0.0, 0.001);
    }

    @Test
    void infiniteValuesAreTheGreatestAndTheLeast() throws Exception {
        Random random = new Random(3);
        double[] x = IntStream.range(0, 400)
                .mapToDouble(i ->
                        i < 100 ? Double.NEGATIVE_INFINITY : i < 200 ? Double.POSITIVE_INFINITY : random.nextGaussian())
                .toArray();
        double[] y = IntStream.range(0, 400)
                .mapToDouble(i -> i < 100 ? 5 : i < 200 ? -5 : 0)
                .toArray();
        Options deep = new Options(1, 3, 1, 1, 5, 0, 255, 0);

        assertThat(BoostedTrees.regressor(column(x), y, deep).predict(column(x)))
                .containsExactly(y, within(1e-12));
    }

    @Test
    void theOrderOfNumbersIsAllThatCounts() throws Exception {
        Matrix x = TRAIN.x();
        double[][] bent = new double[5][];
        for (int c = 0; c < 5; c++) {
            bent[c] = Arrays.stream(x.column(c))
                    .map(value -> Math.exp(20 * value))
                    .toArray();
        }
        Matrix other = Matrix.ofColumns(x.names(), bent);

        assertThat(BoostedTrees.regressor(other, TRAIN.numbers(), OPTIONS).importances())
                .containsExactly(
                        BoostedTrees.regressor(x, TRAIN.numbers(), OPTIONS).importances(), within(1e-9));
    }

    @Test
    void refusesWhatCannotBeLearned() {
        assertThatThrownBy(() -> BoostedTrees.classifier(column(1, 2), new double[] {0, 2}, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoostedTrees.regressor(column(1, 2), new double[] {0, Double.NaN}, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoostedTrees.regressor(column(1, 2), new double[] {0}, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoostedTrees.regressor(column(), new double[] {}, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withTrees(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BoostedTrees.regressor(column(1), new double[] {1}, OPTIONS)
                        .predict(Matrix.ofColumns(List.of("y"), new double[][] {{1}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[x]");
    }

    private static Matrix column(double... values) {
        return Matrix.ofColumns(List.of("x"), new double[][] {values});
    }

    private static double squaredError(double[] predicted, double[] actual) {
        return IntStream.range(0, actual.length)
                .mapToDouble(i -> (predicted[i] - actual[i]) * (predicted[i] - actual[i]))
                .average()
                .orElseThrow();
    }

    /** By its definition, over all pairs. */
    private static double area(double[] scores, double[] classes) {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (classes[i] == 1 && classes[j] == 0) {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }
}
