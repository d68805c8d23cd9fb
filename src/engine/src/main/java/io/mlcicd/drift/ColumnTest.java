package io.mlcicd.drift;

import io.mlcicd.operation.InvalidInputException;

/**
 * When one column counts as drifted.
 *
 * @param method what is computed; a test that does not suit a column gives way to its sibling with the same threshold:
 *     {@code ks} to {@code chi2} on categories, {@code chi2} to {@code ks} on numbers
 * @param threshold psi: 0 and up, drifted when PSI is at least this; js: 0 to 1, drifted when the distance is at least
 *     this; ks and chi2: 0 to 1, drifted when the <em>p-value</em> is below this. With many rows p-values call the
 *     slightest difference drift, psi and js do not
 */
public record ColumnTest(TestMethod method, double threshold) {

    /** PSI of at least 0.2, the customary bound of a significant shift (Siddiqi, Credit Risk Scorecards, 2006). */
    public static final ColumnTest DEFAULT = of(TestMethod.PSI);

    /** @throws InvalidInputException when the threshold is not in the method's range */
    public ColumnTest {
        double greatest = method == TestMethod.PSI ? Double.MAX_VALUE : 1;
        if (!(threshold >= 0 && threshold <= greatest)) {
            throw new InvalidInputException("the drift threshold of method %s is %s; it must be a number %s"
                    .formatted(method.key(), threshold, greatest == 1 ? "from 0 to 1" : "of at least 0"));
        }
    }

    /** That method with its customary threshold. */
    public static ColumnTest of(TestMethod method) {
        return new ColumnTest(method, method.defaultThreshold());
    }

    /** The test that is used on columns of that kind. */
    ColumnTest suiting(ColumnKind kind) {
        return new ColumnTest(method.suiting(kind), threshold);
    }

    /** Whether that value of the method means drift. */
    boolean drifted(double value) {
        return method.onPValue() ? value < threshold : value >= threshold;
    }

    /** How far beyond the threshold that value is; 1 at the threshold, greater when drift is stronger. */
    double severity(double value) {
        double ratio = method.onPValue() ? threshold / value : value / threshold;
        return Double.isNaN(ratio) ? 1 : ratio;
    }
}
