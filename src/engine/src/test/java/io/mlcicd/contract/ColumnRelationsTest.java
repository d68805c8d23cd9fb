package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What columns know of one another, and rows. Expected numbers are those of pandas 2 (duplicated), scipy 1 (pearsonr,
 * spearmanr) and scikit-learn 1 (metrics.r2_score) on the same rows.
 */
class ColumnRelationsTest extends DistributionRules {

    @ParameterizedTest
    @CsvSource({"pearson, 0.9194058404813167", "spearman, 0.9227203033082729"})
    void correlationsAreScipys(String method, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = "checks: [{ correlation: { columns: [x, y], method: %s, max: 0.5 }%s }]\ncolumns: {}\n"
                    .formatted(method, picked ? ", where: \"picked = 'yes'\"" : "");
            GateResult gate = gate(rows(picked), contract, "d.x+y.correlation");
            assertThat(gate.actual().getAsDouble()).isCloseTo(expected, within(1e-12));
            assertThat(gate.message())
                    .isEqualTo("d: x, y has a correlation (%s) of %.5f, must be at most 0.5"
                            .formatted(method, expected)
                            .replaceAll("0(\\.\\d{4}[1-9])0", "0$1"));
        }
    }

    @Test
    void aConstantIsCorrelatedWithNothing() throws Exception {
        GateResult gate = gate(
                "x,y\n1,1\n1,2\n",
                "checks: [{ correlation: { columns: [x, y], max: 1 } }]\ncolumns: {}\n",
                "d.x+y.correlation");
        assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gate.message()).contains("no value to compute it from");
    }

    /**
     * Numeric label: sklearn.metrics.r2_score(y, means of the groups); categories: the reduction of the Gini impurity;
     * both as 1 - (1 - r2) (n - 1) / (n - k). Bins of numbers: pandas' rank(method='min').
     */
    @ParameterizedTest
    @CsvSource({
        "label, x, 0.9666069336274037",
        "label, y, 0.559708955668795",
        "y, label, 0.6524906259570309",
        "y, x, 0.8337218273321823",
        "label, seven, 0",
    })
    void thePowerOfAColumnIsTheVarianceItExplains(String label, String column, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = "checks: [{ leakage: { label: %s, columns: [%s], max: 1 }%s }]\ncolumns: {}\n"
                    .formatted(label, column, picked ? ", where: \"picked = 'yes'\"" : "");
            assertThat(gate(rows(picked), contract, "d.%s+%s.leakage".formatted(label, column))
                            .actual()
                            .getAsDouble())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void aColumnThatGivesTheLabelAwayIsNamed() throws Exception {
        StringBuilder csv = new StringBuilder("id,weather,weather_code,wind,snow_depth\n");
        for (int i = 0; i < 300; i++) {
            csv.append("id%d,%s,%d,%s,%s\n"
                    .formatted(
                            i, List.of("sun", "rain", "snow").get(i % 3), 10 + i % 3, i * 7 % 31, i % 3 == 2 ? i : ""));
        }
        String contract = "checks: [{ leakage: { label: weather, max: 0.9 } }]\ncolumns: {}\n";
        assertThat(gate(csv.toString(), contract, "d.weather.leakage").message())
                .isEqualTo("d: weather: weather_code predicts weather by itself (1.00), must be at most 0.9");
    }

    @Test
    void duplicatesAreThoseOfPandas() throws Exception {
        // pandas.DataFrame.duplicated().sum() is 3, of column a alone 4; nulls are the same
        String csv = "a,b\n1,\n1,\n2,x\n2,y\n1,\n2,x\n";
        String contract =
                "checks: [{ duplicates: { max: 2 } }, { duplicates: { columns: [a], maxShare: 0.5 } }]\ncolumns: {}\n";
        List<GateResult> gates = gates(csv, contract, Optional.empty());
        assertThat(gate(gates, "d.duplicates").message())
                .isEqualTo("d has 3 duplicate rows (50 % of 6), may have at most 2");
        assertThat(gate(gates, "d.duplicates").actual()).hasValue(3);
        assertThat(gate(gates, "d.a.duplicates").actual()).hasValue(4 / 6.0);
        assertThat(gate(
                                "a,b\n1,2\n1,2\n",
                                "checks: [{ duplicates: { max: 0 }, where: a > 1 }]\ncolumns: {}\n",
                                "d.duplicates")
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }
}
