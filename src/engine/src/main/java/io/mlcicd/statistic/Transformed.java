package io.mlcicd.statistic;

import java.util.function.DoubleUnaryOperator;

/**
 * The uncertainty of a strictly monotone function of an estimate, such as the root of a mean square: the function of the
 * limits, which covers the truth exactly as often.
 *
 * @param of the uncertainty of the function's argument
 * @param function rising or falling
 */
public record Transformed(Uncertainty of, DoubleUnaryOperator function) implements Uncertainty {

    @Override
    public Interval interval(double confidence) {
        Interval inner = of.interval(confidence);
        double a = function.applyAsDouble(inner.lower());
        double b = function.applyAsDouble(inner.upper());
        return new Interval(Math.min(a, b), Math.max(a, b));
    }

    @Override
    public String method() {
        return of.method();
    }
}
