package io.mlcicd.evaluation;

/** Where probabilities are clipped before their logarithm is taken. */
final class Probabilities {

    /** The machine epsilon of a double, 2^-52: what scikit-learn's {@code log_loss} clips at. */
    static final String EPSILON = "2.220446049250313e-16";

    private Probabilities() {}
}
