package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.distance.DistributionFunction;
import io.mlcicd.data.distance.Divergence;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A column's distribution beside that of a reference.
 *
 * @param shares both in bins or categories
 * @param axis of numbers, both as functions
 * @param hasValues whether the data have values at all
 */
record Compared(List<Share> shares, Optional<Axis> axis, boolean hasValues) {

    /** Below this, what moved is rounding. */
    private static final double NOTHING = 1e-9;

    /** A bin or category, with its share of the values on either side. */
    record Share(String label, double reference, double current) {
        double moved() {
            return Math.abs(reference - current);
        }
    }

    /** Two distribution functions at the same places, rising, and the unit of the distance of places. */
    record Axis(List<Knot> knots, double unit) {}

    /** A place, and the share of either side's values below it. */
    record Knot(double place, double reference, double current) {}

    Compared {
        shares = List.copyOf(shares);
    }

    /** A column beside what a profile has of it; empty when the profile has no distribution of it. */
    static Optional<Compared> of(Scope scope, Facts facts, ColumnProfile before) throws InterruptedException {
        return Numbers.onAxis(scope.type())
                ? ComparedNumbers.of(Numbers.of(scope), facts, before)
                : ComparedCategories.of(scope, facts, before);
    }

    /** The distance, if there are values and it is one. */
    OptionalDouble measured(DistanceMethod method) {
        double found = distance(method);
        return hasValues && Double.isFinite(found) ? OptionalDouble.of(found) : OptionalDouble.empty();
    }

    /** The distance of the two; one that needs an order must only be asked of numbers. */
    double distance(DistanceMethod method) {
        double[] reference = numbers(shares, Share::reference);
        double[] current = numbers(shares, Share::current);
        return switch (method) {
            case PSI -> Divergence.populationStabilityIndex(reference, current);
            case KL -> Divergence.kullbackLeibler(reference, current);
            case JS -> Divergence.jensenShannon(reference, current);
            case LINF -> Divergence.chebyshev(reference, current);
            case WASSERSTEIN -> wasserstein(axis.orElseThrow());
            case KS -> kolmogorovSmirnov(axis.orElseThrow());
        };
    }

    private static double wasserstein(Axis axis) {
        return DistributionFunction.wasserstein(
                        axis.knots().stream().map(Knot::place).toList(),
                        numbers(axis.knots(), Knot::reference),
                        numbers(axis.knots(), Knot::current))
                / axis.unit();
    }

    private static double kolmogorovSmirnov(Axis axis) {
        return Divergence.chebyshev(numbers(axis.knots(), Knot::reference), numbers(axis.knots(), Knot::current));
    }

    private static <T> double[] numbers(List<T> list, ToDoubleFunction<T> number) {
        return list.stream().mapToDouble(number).toArray();
    }

    /** What moved most, for people; empty when nothing did. */
    Optional<String> moved() {
        return shares.stream()
                .max(Comparator.comparingDouble(Share::moved))
                .filter(share -> share.moved() > NOTHING)
                .map(share -> "%s moved most, from %s to %s"
                        .formatted(
                                share.label(), Wording.percent(share.reference()), Wording.percent(share.current())));
    }
}
