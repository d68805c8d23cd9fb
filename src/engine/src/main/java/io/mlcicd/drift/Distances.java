package io.mlcicd.drift;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far the two distributions of a column are apart, in every measure that suits its kind.
 *
 * @param psi population stability index, 0 and up
 * @param js Jensen–Shannon distance to base 2, 0 to 1
 * @param ks Kolmogorov–Smirnov statistic, 0 to 1; of numeric columns
 * @param ksPValue its p-value
 * @param chi2 Pearson's chi-square statistic of homogeneity, 0 and up; of categorical columns
 * @param chi2DegreesOfFreedom number of categories less one
 * @param chi2PValue its p-value
 */
public record Distances(
        double psi,
        double js,
        OptionalDouble ks,
        OptionalDouble ksPValue,
        OptionalDouble chi2,
        OptionalLong chi2DegreesOfFreedom,
        OptionalDouble chi2PValue) {

    /** The number that the method holds against its threshold; the method must suit the column's kind. */
    double of(TestMethod method) {
        return switch (method) {
            case PSI -> psi;
            case JS -> js;
            case KS -> ksPValue.orElseThrow();
            case CHI2 -> chi2PValue.orElseThrow();
        };
    }
}
