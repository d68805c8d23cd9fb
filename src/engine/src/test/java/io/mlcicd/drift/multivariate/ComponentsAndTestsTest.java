package io.mlcicd.drift.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Known answers are from scikit-learn 1.9.1, scipy 1.17.1 and numpy, as each test says; the rest are properties. */
class ComponentsAndTestsTest {

    private static double[] column(int rows, DoubleUnaryOperator formula) {
        return IntStream.range(0, rows)
                .mapToDouble(i -> formula.applyAsDouble(i))
                .toArray();
    }

    /** StandardScaler and PCA(n_components=0.65): norms of s - inverse_transform(transform(s)). */
    @Test
    void reconstructionErrorsEqualScikitLearn() {
        double[][] reference = {
            column(60, Math::sin),
            column(60, i -> Math.sin(i) * 2 + Math.cos(3 * i)),
            column(60, i -> Math.cos(i / 2) * 5),
            column(60, i -> i % 7),
            column(60, i -> Math.sin(i * i / 10))
        };
        double[][] current = {
            column(40, Math::cos),
            column(40, i -> Math.sin(i) * 2 - Math.cos(3 * i)),
            column(40, i -> Math.cos(i / 3) * 5 + 1),
            column(40, i -> i % 5),
            column(40, i -> Math.sin(i * i / 7))
        };

        PrincipalComponents components = PrincipalComponents.of(reference, 0.65);

        assertThat(components.kept()).isEqualTo(3);
        assertThat(mean(components.errors(reference))).isCloseTo(0.8127279104351509, within(1e-9));
        assertThat(mean(components.errors(current))).isCloseTo(1.3497078717731694, within(1e-9));
        assertThat(components.errors(current)[3]).isCloseTo(2.2108402610590296, within(1e-9));
    }

    @Test
    void oneDirectionIsAlwaysLeftOut() {
        double[][] columns = {column(100, Math::sin), column(100, i -> Math.cos(i * i))};

        PrincipalComponents components = PrincipalComponents.of(columns, 0.99);

        assertThat(components.kept()).isEqualTo(1);
        assertThat(mean(components.errors(columns))).isGreaterThan(0.1);
    }

    @Test
    void valuesBeyondAllBoundsGiveFiniteErrors() {
        double[][] columns = {column(100, Math::sin), column(100, i -> Math.cos(i * i))};
        double[][] huge = {{1e300, -1e300}, {0, 1e308}};

        assertThat(Arrays.stream(PrincipalComponents.of(columns, 0.65).errors(huge)))
                .allMatch(Double::isFinite);
    }

    /** The chunks' means scatter as one row's error by the square root of their size, and fewer rows scatter more. */
    @Test
    void limitsWidenForFewerCurrentRows() {
        Random random = new Random(1);
        double[] errors = column(2000, i -> random.nextGaussian());

        assertThat(ReconstructionDrift.sigma(errors, 5000, 20)).isBetween(0.08, 0.16);
        double few = ReconstructionDrift.sigma(errors, 25, 20);
        assertThat(few).isBetween(0.18, 0.24);
        assertThat(ReconstructionDrift.sigma(errors, 100, 20)).isLessThan(few);
    }

    /** z = (atanh(r1) - atanh(r2)) / sqrt(1/(n1-3) + 1/(n2-3)); 2 * scipy.stats.norm.sf(abs(z)). */
    @Test
    void fishersTestEqualsScipy() {
        assertFisher(FisherZ.of(0.5, 103, 0.3, 53), 1.3844082349264906, 0.16623348883349676);
        assertFisher(FisherZ.of(-0.2, 30, 0.7, 1000), -5.486263818128571, 4.105236633067446e-08);
        assertFisher(FisherZ.of(0.01, 10, 0.02, 10), -0.018712653361074263, 0.9850703341003791);
    }

    private static void assertFisher(FisherZ test, double statistic, double p) {
        assertThat(test.statistic()).isCloseTo(statistic, within(1e-12));
        assertThat(test.pValue()).isCloseTo(p, within(1e-12 * Math.max(p, 1e-3)));
    }

    @Test
    void columnsThatSayTheSameStayTheSame() {
        assertThat(FisherZ.of(1, 1000, 1 - 1e-15, 1000).pValue()).isEqualTo(1);
        assertThat(FisherZ.of(1, 1000, -1, 1000).pValue()).isZero();
    }

    /** numpy.corrcoef over all rows, and over those where neither is missing. */
    @Test
    void correlationsEqualNumpy() {
        double[] one = column(50, i -> Math.sin(i * 0.9) * 3 + 100);
        double[] other = column(50, i -> Math.sin(i * 0.9 + 1) + Math.cos(i));
        double[] oneWithout = column(50, i -> i % 7 == 0 ? Double.NaN : one[(int) i]);
        double[] otherWithout = column(50, i -> i % 5 == 0 ? Double.NaN : other[(int) i]);
        double[] constant = column(50, i -> 0.1);
        double[] missing = column(50, i -> Double.NaN);

        Correlations correlations =
                Correlations.of(new double[][] {one, other, oneWithout, otherWithout, constant, missing});

        assertThat(correlations.of(0, 1).r()).isCloseTo(0.3038659894926043, within(1e-12));
        assertThat(correlations.of(2, 3).r()).isCloseTo(0.35219845344808187, within(1e-12));
        assertThat(correlations.of(2, 3).rows()).isEqualTo(34);
        assertThat(correlations.of(0, 4).r()).isNaN();
        assertThat(correlations.of(2, 4).r()).isNaN();
        assertThat(correlations.of(0, 5).r()).isNaN();
    }

    /** scipy.stats.mannwhitneyu(y, x, alternative='greater', method='asymptotic'), the statistic by 1200 pairs. */
    @Test
    void theClassifiersTestEqualsScipy() {
        double[] scores = new double[70];
        for (int i = 0; i < 40; i++) {
            scores[i] = i * 7 % 13 / 3.0;
        }
        for (int i = 0; i < 30; i++) {
            scores[40 + i] = i * 5 % 17 / 3.0 + 0.3;
        }

        DomainClassifier.Separation separation = DomainClassifier.judge(scores, 40, new double[1]);

        assertThat(separation.auc()).isCloseTo(0.6475, within(1e-12));
        assertThat(separation.pValue()).isCloseTo(0.01804234287732391, within(1e-9));
        assertThat(separation.interval().lower()).isLessThan(0.6475);
        assertThat(separation.interval().upper()).isGreaterThan(0.6475);
    }

    @Test
    void equalScoresTellNothingApart() {
        DomainClassifier.Separation separation = DomainClassifier.judge(new double[100], 50, new double[1]);

        assertThat(separation.auc()).isEqualTo(0.5);
        assertThat(separation.pValue()).isEqualTo(1);
    }

    /** numpy: the formula of Gretton and others with numpy.median of all distances. */
    @Test
    void meanDiscrepancyEqualsNumpy() {
        double[][] first = IntStream.range(0, 20)
                .mapToObj(i -> new double[] {Math.sin(i * 1.3), Math.cos(i * 0.7)})
                .toArray(double[][]::new);
        double[][] second = IntStream.range(0, 15)
                .mapToObj(i -> new double[] {Math.sin(i * 2.1) + 0.5, Math.cos(i * 1.9)})
                .toArray(double[][]::new);

        MeanDiscrepancy discrepancy = MeanDiscrepancy.of(first, second, 500, 1);
        MeanDiscrepancy turned = MeanDiscrepancy.of(second, first, 500, 1);

        assertThat(discrepancy.squared()).isCloseTo(0.01988806647443342, within(1e-12));
        assertThat(discrepancy.bandwidth()).isCloseTo(1.3349798936129023, within(1e-12));
        assertThat(turned.squared()).isCloseTo(discrepancy.squared(), within(1e-12));
        assertThat(MeanDiscrepancy.of(first, second, 500, 1)).isEqualTo(discrepancy);
    }

    @Test
    void permutationsGiveFalseAlarmsAtTheNominalRateAndSeeAShift() {
        Random random = new Random(7);
        int alarms = 0;
        for (int run = 0; run < 200; run++) {
            if (MeanDiscrepancy.of(normal(random, 40, 0), normal(random, 30, 0), 200, run)
                            .pValue()
                    <= 0.1) {
                alarms++;
            }
        }

        // Binomial(200, 0.1): 7 to 35 leaves out about one in a million either way.
        assertThat(alarms).isBetween(7, 38);
        assertThat(MeanDiscrepancy.of(normal(random, 200, 0), normal(random, 200, 0.5), 200, 1)
                        .pValue())
                .isEqualTo(1 / 201.0);
    }

    @Test
    void vectorsThatAreAllTheSameDoNotDiffer() {
        MeanDiscrepancy discrepancy = MeanDiscrepancy.of(new double[20][3], new double[30][3], 200, 1);

        assertThat(discrepancy.squared()).isCloseTo(0, within(1e-12));
        assertThat(discrepancy.pValue()).isEqualTo(1);
    }

    private static double[][] normal(Random random, int rows, double mean) {
        return IntStream.range(0, rows)
                .mapToObj(i -> new double[] {mean + random.nextGaussian(), random.nextGaussian()})
                .toArray(double[][]::new);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
