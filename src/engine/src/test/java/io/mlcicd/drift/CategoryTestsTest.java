package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.distance.Divergence;
import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests and distances of categories against scipy 1.17.1. */
class CategoryTestsTest {

    /** {@code chi2_contingency(lambda_="log-likelihood", correction=False)}, categories that neither has left out. */
    @ParameterizedTest
    @CsvSource({
        "60 45 30 15 0, 30 50 40 0 12, 48.170922484325715, 8.694391240092263e-10",
        "3 5, 9 2, 3.9921028288382097, 0.045713978903763317",
        "120 4, 110 17, 9.060910053463646, 0.0026113197629334603",
        "5 0 3, 1 4 2, 8.59084810292632, 0.01363079031498933",
        "1000000 3, 900000 11, 5.741564375274802, 0.016568029664863093",
        "7, 9, 0, 1"
    })
    void theLikelihoodRatioEqualsScipy(String reference, String current, double statistic, double pValue) {
        GTest test = GTest.of(counts(reference), counts(current));

        assertThat(test.statistic()).isCloseTo(statistic, within(1e-9));
        assertThat(test.pValue()).isCloseTo(pValue, within(1e-9));
    }

    /** {@code fisher_exact} of 2x2 tables; of others the sum over all tables with those margins, in Python. */
    @ParameterizedTest
    @CsvSource({
        "3 5, 9 2, 0.07394617766134795",
        "120 4, 110 17, 0.005139477421562762",
        "1000000 3, 900000 11, 0.028913805504252092",
        "5 0 3, 1 4 2, 0.04972804972804973",
        "4 1 0 7, 2 6 3 3, 0.03096275510732369",
        "10 3 5 2, 4 9 1 8, 0.008188342873341052",
        "7, 9, 1",
        "4 4, 4 4, 1"
    })
    void fishersTestEqualsScipy(String reference, String current, double pValue) {
        assertThat(FisherExact.pValue(table(counts(reference), counts(current))))
                .isCloseTo(pValue, within(1e-9));
    }

    @Test
    void fishersTestDrawsTablesWhereThereAreTooMany() {
        double[] reference = new double[40];
        double[] current = new double[40];
        Arrays.setAll(reference, i -> i % 7 + 1);
        Arrays.setAll(current, i -> (i * 3) % 7 + 1);
        Contingency table = table(reference, current);

        double p = FisherExact.pValue(table);

        // As close as 20,000 draws are to the chi-square test, which is near enough for such a table.
        assertThat(p).isCloseTo(ChiSquare.of(reference, current).pValue(), within(0.05));
        assertThat(FisherExact.pValue(table)).isEqualTo(p);
    }

    @RepeatedTest(30)
    void fishersTwoPathsAgree(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] reference = {random.nextInt(40), random.nextInt(40) + 1};
        double[] current = {random.nextInt(40) + 1, random.nextInt(40)};
        // A third category that neither has leaves the p-value as it is.
        double[] longer = {reference[0], reference[1], 0};
        double[] other = {current[0], current[1], 0};
        Contingency withEmpty = new Contingency(
                List.of(
                        Cell.category("a", (long) longer[0], (long) other[0]),
                        Cell.category("b", (long) longer[1], (long) other[1]),
                        Cell.category("c", 0, 0)),
                reference[0] + reference[1],
                current[0] + current[1]);

        assertThat(FisherExact.pValue(withEmpty)).isCloseTo(FisherExact.ofTwo(reference, current), within(1e-9));
    }

    @Test
    void distancesFollowTheirFormulas() {
        // numpy: p = [.4,.3,.2,.1,0], q = [.2,.3,.2,0,.3]
        double[] p = {0.4, 0.3, 0.2, 0.1, 0};
        double[] q = {0.2, 0.3, 0.2, 0, 0.3};
        assertThat(Divergence.hellinger(p, q)).isCloseTo(0.46600138146295333, within(1e-12));
        assertThat(Divergence.totalVariation(p, q)).isCloseTo(0.3, within(1e-15));
        assertThat(Divergence.hellinger(new double[] {1, 0}, new double[] {0, 1}))
                .isEqualTo(1);
        assertThat(Divergence.totalVariation(new double[] {1, 0}, new double[] {0, 1}))
                .isEqualTo(1);
    }

    private static double[] counts(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Contingency table(double[] reference, double[] current) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < reference.length; i++) {
            cells.add(Cell.category("c" + i, (long) reference[i], (long) current[i]));
        }
        long n = (long) Arrays.stream(reference).sum();
        long m = (long) Arrays.stream(current).sum();
        return Contingency.of(cells, new Rows(n, n), new Rows(m, m));
    }
}
