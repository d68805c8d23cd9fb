package io.mlcicd.drift;

import io.mlcicd.operation.InvalidInputException;
import java.util.OptionalDouble;

/**
 * When the distribution of one column counts as drifted.
 *
 * @param method what is computed; a method that does not suit a column gives way to its sibling: {@code ks}, {@code ad}
 *     and {@code cvm} to {@code chi2} on categories, {@code wasserstein} to {@code js}; {@code chi2}, {@code g} and
 *     {@code fisher} to {@code ks} on numbers
 * @param threshold the bound; empty for the method's customary one. Of a p-value 0 to 1, drifted when the p-value is
 *     below it; of a distance drifted from it up: js, hellinger, tv and linf 0 to 1, psi, kl and wasserstein 0 and up.
 *     With many rows p-values call the slightest difference drift, distances do not
 */
public record ColumnTest(TestMethod method, OptionalDouble threshold) {

    /** By kind and size. */
    public static final ColumnTest DEFAULT = of(TestMethod.AUTO);

    /** @throws InvalidInputException when the threshold is not in the method's range, or the method has none */
    public ColumnTest {
        if (threshold.isPresent()) {
            double bound = threshold.getAsDouble();
            if (method == TestMethod.AUTO) {
                throw new InvalidInputException("the drift method auto chooses tests with thresholds of their own;"
                        + " name a method to set the threshold " + bound);
            }
            double greatest = method.bounded() ? 1 : Double.MAX_VALUE;
            if (!(bound >= 0 && bound <= greatest)) {
                throw new InvalidInputException("the drift threshold of method %s is %s; it must be a number %s"
                        .formatted(method.key(), bound, greatest == 1 ? "from 0 to 1" : "of at least 0"));
            }
        }
    }

    /** That method with that threshold. */
    public ColumnTest(TestMethod method, double threshold) {
        this(method, OptionalDouble.of(threshold));
    }

    /** That method with its customary threshold. */
    public static ColumnTest of(TestMethod method) {
        return new ColumnTest(method, OptionalDouble.empty());
    }

    /** What the method's value is held against. */
    double bound() {
        return threshold.orElse(method.defaultThreshold());
    }

    /** The test that is used on columns of that kind. */
    ColumnTest suiting(ColumnKind kind) {
        return replacedBy(method.suiting(kind));
    }

    /** The test that is used where a side has no values. */
    ColumnTest withoutValues() {
        return replacedBy(method.withoutValues());
    }

    /** A bound on p-values is one on all p-values; a bound on one distance says nothing of another. */
    private ColumnTest replacedBy(TestMethod other) {
        boolean sameScale = method.onPValue() && other.onPValue();
        return other == method ? this : sameScale ? new ColumnTest(other, threshold) : of(other);
    }

    /** Whether that value of the method means drift. */
    boolean drifted(double value) {
        return method.onPValue() ? value < bound() : value >= bound();
    }

    /** How far beyond the threshold that value is; 1 at the threshold, greater when drift is stronger. */
    double severity(double value) {
        double ratio = method.onPValue() ? bound() / value : value / bound();
        return Double.isNaN(ratio) ? 1 : ratio;
    }
}
