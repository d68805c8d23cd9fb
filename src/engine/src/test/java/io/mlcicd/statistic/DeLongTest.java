package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Areas were computed with {@code roc_auc_score} of scikit-learn 1.9.1; variances and covariances with {@code numpy.var} and
 * {@code numpy.cov} of all pairwise comparisons, as the paper defines them; p-values with scipy 1.17.1.
 */
class DeLongTest {

    private static final Offset<Double> EXACTLY = within(1e-12);

    private static final boolean[] POSITIVE = {
        false, false, true, true, false, true, false, true, true, false, false, true
    };
    private static final double[] FIRST = {.1, .4, .35, .8, .4, .4, .2, .9, .6, .6, .05, .35};
    private static final double[] SECOND = {.2, .3, .5, .7, .5, .3, .1, .6, .9, .4, .3, .5};
    private static final double[] WEIGHTS = {1, 2, 1, .5, 3, 1, 2, 1, 1.5, 1, .25, 2};

    @Test
    void anAreaHasTheVarianceOfThePaper() {
        DeLong area = of(POSITIVE, FIRST, new double[0]);

        assertThat(area.area()).isCloseTo(0.7638888888888888, EXACTLY);
        assertThat(area.standardError()).isCloseTo(Math.sqrt(0.021219135802469133), EXACTLY);
        assertThat(area.positives()).isEqualTo(6);
        assertThat(area.negatives()).isEqualTo(6);
        Interval interval = area.uncertainty().orElseThrow().interval(0.95);
        assertThat(interval.lower())
                .isCloseTo(0.7638888888888888 - 1.959963984540054 * Math.sqrt(0.021219135802469133), EXACTLY);
        assertThat(interval.upper()).isEqualTo(1);
    }

    @Test
    void weightsMoveTheAreaAndItsError() {
        DeLong area = of(POSITIVE, FIRST, WEIGHTS);

        assertThat(area.area()).isCloseTo(0.6563706563706564, EXACTLY);
        assertThat(area.standardError()).isCloseTo(0.19798074379849082, EXACTLY);
    }

    @Test
    void equalWeightsAreAsGoodAsNone() {
        double[] sevens = new double[POSITIVE.length];
        Arrays.fill(sevens, 0.7);

        assertThat(of(POSITIVE, FIRST, sevens).area())
                .isCloseTo(of(POSITIVE, FIRST, new double[0]).area(), EXACTLY);
        assertThat(of(POSITIVE, FIRST, sevens).standardError())
                .isCloseTo(of(POSITIVE, FIRST, new double[0]).standardError(), EXACTLY);
    }

    /** The limits of Newcombe's formula, found with {@code scipy.optimize.brentq}. */
    @ParameterizedTest
    @CsvSource({
        "1, 5, 5, 0.95, 0.642702823931043, 1",
        "1, 20, 300, 0.95, 0.947656090211013, 1",
        "0, 7, 4, 0.9, 0, 0.27152806816630043",
        "0.9, 12, 15, 0.95, 0.6984652819645847, 0.9692196582027417"
    })
    void anAreaHasNewcombesIntervalToo(
            double area, double positives, double negatives, double confidence, double lower, double upper) {
        Interval interval = new NewcombeArea(area, positives, negatives).interval(confidence);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    /** Weights whose sums are rounded must not hide it. */
    @Test
    void fewRowsThatAreSeparatedWhollyAreNoProof() {
        DeLong area = new DeLong();
        for (double weight : new double[] {0.1, 0.2, 0.3, 0.7}) {
            area.step(weight, weight * weight, 0, 0);
        }
        for (double weight : new double[] {0.3, 0.7, 0.1}) {
            area.step(0, 0, weight, weight * weight);
        }
        Uncertainty uncertainty = area.uncertainty().orElseThrow();

        assertThat(uncertainty.method()).isEqualTo("newcombe");
        assertThat(uncertainty.interval(0.95).lower()).isBetween(0.2, 0.7);
        assertThat(uncertainty.interval(0.95).upper()).isEqualTo(1);
    }

    @Test
    void aConstantScoreTellsNothing() {
        DeLong area = of(POSITIVE, new double[POSITIVE.length], WEIGHTS);

        assertThat(area.area()).isCloseTo(0.5, EXACTLY);
        assertThat(area.standardError()).isZero();
    }

    @Test
    void thereMustBeTwoRowsOfEachClass() {
        DeLong area = new DeLong();
        area.step(5, 5, 0, 0);
        assertThat(area.area()).isNaN();
        area.step(0, 0, 1, 1);
        assertThat(area.area()).isEqualTo(1);
        assertThat(area.uncertainty()).isEmpty();
    }

    @Test
    void twoScoresOfTheSameRowsAreCompared() {
        PairedDeLong test = PairedDeLong.of(POSITIVE, FIRST, SECOND).orElseThrow();

        assertThat(test.first()).isCloseTo(0.7638888888888888, EXACTLY);
        assertThat(test.second()).isCloseTo(0.8888888888888888, EXACTLY);
        assertThat(test.firstError()).isCloseTo(Math.sqrt(0.021219135802469133), EXACTLY);
        assertThat(test.secondError()).isCloseTo(Math.sqrt(0.008950617283950616), EXACTLY);
        assertThat(test.covariance()).isCloseTo(0.006867283950617285, EXACTLY);
        assertThat(test.standardError()).isCloseTo(0.1281997862134925, EXACTLY);
        assertThat(test.statistic()).isCloseTo(-0.9750406275392388, EXACTLY);
        assertThat(test.pValue()).isCloseTo(0.32954010757883345, EXACTLY);
        assertThat(test.uncertainty().interval(0.95).upper())
                .isCloseTo(-0.125 + 1.959963984540054 * 0.1281997862134925, EXACTLY);
    }

    @Test
    void twoScoresOfWeightedRowsAreCompared() {
        PairedDeLong test = PairedDeLong.of(POSITIVE, FIRST, SECOND, WEIGHTS).orElseThrow();

        assertThat(test.first()).isCloseTo(0.6563706563706564, EXACTLY);
        assertThat(test.second()).isCloseTo(0.8513513513513513, EXACTLY);
        assertThat(test.firstError()).isCloseTo(0.19798074379849082, EXACTLY);
        assertThat(test.secondError()).isCloseTo(0.12023185082719597, EXACTLY);
        assertThat(test.standardError()).isCloseTo(0.1666691493001304, EXACTLY);
        assertThat(test.statistic()).isCloseTo(-1.1698667437822128, EXACTLY);
        assertThat(test.pValue()).isCloseTo(0.24205459893384174, EXACTLY);
    }

    /** Any rising function of a score ranks rows alike; so do two that separate the classes wholly. */
    @Test
    void aScoreDoesNotDifferFromItself() {
        double[] risen = Arrays.stream(FIRST).map(x -> Math.log(x) - 5).toArray();
        boolean[] classes = {true, true, true, false, false, false, false};
        double[] best = {9, 8, 7, 3, 2, 1, 0};
        double[] asGood = {7, 8, 9, 0, 3, 1, 2};
        double[] weights = {.4, .3, .7, .3, .6, .1, .9};

        for (PairedDeLong test : new PairedDeLong[] {
            PairedDeLong.of(POSITIVE, FIRST, risen, WEIGHTS).orElseThrow(),
            PairedDeLong.of(classes, best, asGood, weights).orElseThrow()
        }) {
            assertThat(test.difference()).isZero();
            assertThat(test.standardError()).isZero();
            assertThat(test.statistic()).isZero();
            assertThat(test.pValue()).isEqualTo(1);
        }
    }

    @Test
    void thereIsNoTestWhereComponentsDoNotVary() {
        boolean[] classes = {true, true, false, false};

        assertThat(PairedDeLong.of(classes, new double[] {4, 3, 2, 1}, new double[4]))
                .isEmpty();
        assertThat(PairedDeLong.of(new boolean[] {true, false, false}, new double[3], new double[3]))
                .isEmpty();
        assertThat(PairedDeLong.of(new boolean[0], new double[0], new double[0]))
                .isEmpty();
        assertThatThrownBy(() -> PairedDeLong.of(classes, new double[4], new double[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedDeLong.of(classes, new double[] {1, 2, Double.NaN, 0}, new double[4]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The streaming and the paired form are written apart; on random rows with ties and weights they agree. */
    @Test
    void bothFormsAgree() {
        Random random = new Random(9);
        for (int run = 0; run < 50; run++) {
            int size = 10 + random.nextInt(200);
            boolean[] positive = new boolean[size];
            double[] score = new double[size];
            double[] weights = new double[size];
            for (int i = 0; i < size; i++) {
                positive[i] = i < 3 || (i >= 6 && random.nextInt(3) == 0);
                score[i] = (random.nextInt(21) - 10) * Math.pow(10, random.nextInt(5) - 2) + (positive[i] ? 1 : 0);
                weights[i] = 0.5 + random.nextDouble();
            }
            DeLong streamed = of(positive, score, weights);
            PairedDeLong paired =
                    PairedDeLong.of(positive, score, new double[size], weights).orElseThrow();

            assertThat(paired.first()).isCloseTo(streamed.area(), EXACTLY);
            assertThat(paired.firstError()).isCloseTo(streamed.standardError(), EXACTLY);
            assertThat(paired.second()).isCloseTo(0.5, EXACTLY);
        }
    }

    @Test
    void theOrderOfScoresIsTheirs() {
        double[] scores = {
            0.0, -1.5, Double.POSITIVE_INFINITY, 3, -0.0, Double.MIN_VALUE, -1e300, Double.NEGATIVE_INFINITY, 3, 1e300
        };

        assertThat(ScoreOrder.falling(scores)).containsExactly(2, 9, 3, 8, 5, 0, 4, 1, 6, 7);
    }

    /** Of equal scores, one test in twenty says that they differ; of 400 that is 5 % give or take 3.3 at three sigma. */
    @Test
    void deLongSeldomRaisesAFalseAlarm() {
        Random random = new Random(3);
        int alarms = 0;
        for (int run = 0; run < 400; run++) {
            int size = 150;
            boolean[] positive = new boolean[size];
            double[] a = new double[size];
            double[] b = new double[size];
            for (int i = 0; i < size; i++) {
                positive[i] = i % 3 == 0;
                double signal = (positive[i] ? 1 : 0) + random.nextGaussian();
                a[i] = signal + random.nextGaussian();
                b[i] = signal + random.nextGaussian();
            }
            alarms += PairedDeLong.of(positive, a, b).orElseThrow().pValue() < 0.05 ? 1 : 0;
        }

        assertThat(alarms / 400.0).isCloseTo(0.05, within(0.033));
    }

    /** Two normal scores one standard deviation apart have an area of Φ(1/√2); 1000 intervals, three sigma. */
    @Test
    void intervalsCoverTheAreaAsOftenAsTheySay() {
        double truth = 0.7602499389065233;
        Random random = new Random(8);
        int covered = 0;
        for (int run = 0; run < 1000; run++) {
            boolean[] positive = new boolean[200];
            double[] score = new double[200];
            for (int i = 0; i < 200; i++) {
                positive[i] = i % 4 == 0;
                score[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
            }
            Interval interval = of(positive, score, new double[0])
                    .uncertainty()
                    .orElseThrow()
                    .interval(0.95);
            covered += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
        }

        assertThat(covered / 1000.0).isCloseTo(0.95, within(0.022));
    }

    private static DeLong of(boolean[] positive, double[] score, double[] weights) {
        DeLong area = new DeLong();
        for (double cut : Arrays.stream(score)
                .map(x -> -x)
                .distinct()
                .sorted()
                .map(x -> -x)
                .toArray()) {
            double[] sums = new double[4];
            for (int i = 0; i < score.length; i++) {
                if (score[i] == cut) {
                    double weight = weights.length == 0 ? 1 : weights[i];
                    sums[positive[i] ? 0 : 2] += weight;
                    sums[positive[i] ? 1 : 3] += weight * weight;
                }
            }
            area.step(sums[0], sums[1], sums[2], sums[3]);
        }
        return area;
    }
}
