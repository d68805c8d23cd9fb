package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Row;
import io.mlcicd.data.TopValues;
import io.mlcicd.data.distance.Binning;
import io.mlcicd.data.distance.DistributionFunction;
import io.mlcicd.data.distance.Divergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A column's distribution beside that of a reference.
 *
 * @param labels names of the bins or categories
 * @param reference the reference's share of each
 * @param current the data's share of each
 * @param axis of numbers, both distribution functions
 * @param hasValues whether the data have values at all
 */
record Compared(List<String> labels, double[] reference, double[] current, Optional<Axis> axis, boolean hasValues) {

    private static final int STEPS = 50;

    /** Two distribution functions at the same places, and the unit of their distance. */
    record Axis(List<Double> places, double[] reference, double[] current, double unit) {}

    /** Numbers, in the bins between the reference's deciles; empty when the reference has none. */
    static Optional<Compared> numbers(Numbers numbers, Facts facts, ColumnProfile before) throws InterruptedException {
        Optional<DistributionFunction> reference = DistributionFunction.of(before);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        long count = facts.count(numbers.count());
        Binning binning = Binning.ofQuantiles(deciles(before.distribution().orElseThrow()));
        List<Double> knots = reference.get().knots();
        TreeSet<Double> places = new TreeSet<>(knots);
        places.addAll(binning.cuts());
        places.addAll(ownKnots(numbers, facts));
        List<Double> all = List.copyOf(places);
        double[] now = below(numbers, facts, all, count);
        double[] then = all.stream().mapToDouble(reference.get()::below).toArray();
        List<Double> atCuts =
                binning.cuts().stream().map(cut -> now[all.indexOf(cut)]).toList();
        double deviation = before.distribution().orElseThrow().standardDeviation().orElse(0);
        return Optional.of(new Compared(
                IntStream.range(0, binning.size())
                        .mapToObj(bin -> label(binning, bin, before.type()))
                        .toList(),
                reference.get().in(binning),
                DistributionFunction.between(atCuts),
                Optional.of(new Axis(all, then, now, deviation == 0 ? 1 : deviation)),
                count > 0));
    }

    private static List<Double> deciles(Distribution distribution) {
        List<Double> deciles = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            distribution.quantile(i / 10.0).ifPresent(deciles::add);
        }
        return deciles.size() == 11 ? deciles : distribution.equalFrequency().edges();
    }

    /** Where the data's own distribution function is to be known, so that its ends and steps are not missed. */
    private static List<Double> ownKnots(Numbers numbers, Facts facts) throws InterruptedException {
        if (numbers.profiled()) {
            return facts.profile()
                    .find(numbers.column())
                    .flatMap(DistributionFunction::of)
                    .map(DistributionFunction::knots)
                    .orElse(List.of());
        }
        List<Double> quantiles = numbers.quantiles(
                facts,
                IntStream.rangeClosed(0, STEPS)
                        .mapToObj(i -> (double) i / STEPS)
                        .toList());
        List<Double> knots = new ArrayList<>(quantiles);
        quantiles.forEach(quantile -> knots.add(Math.nextUp(quantile)));
        return knots;
    }

    /** The share of the data's values below each place, exactly; values beyond the places are drawn to their ends. */
    private static double[] below(Numbers numbers, Facts facts, List<Double> places, long count)
            throws InterruptedException {
        double[] below = new double[places.size()];
        if (count == 0) {
            return below;
        }
        List<Double> edges = new ArrayList<>(places);
        edges.add(0, Math.max(-Double.MAX_VALUE, Math.nextDown(places.get(0))));
        edges.removeIf(Double::isInfinite);
        List<Double> distinct = new ArrayList<>(new TreeSet<>(edges));
        String drawn = "greatest(%s, least(%s, %s))"
                .formatted(
                        DataEngine.literal(distinct.get(0)),
                        DataEngine.literal(distinct.get(distinct.size() - 1)),
                        numbers.sql());
        // NULLs, which some engines let greatest and least pass over, must stay out of the bins.
        String kept = "CASE WHEN %s IS NOT NULL THEN %s END".formatted(numbers.sql(), drawn);
        List<Double> counts = facts.engine()
                .query("SELECT %s AS bins FROM %s"
                        .formatted(
                                facts.engine().dialect().binCounts(kept, distinct),
                                numbers.scope().data().sql()))
                .get(0)
                .numbers("bins");
        double sum = 0;
        for (int i = 0; i < places.size(); i++) {
            int bin = distinct.indexOf(places.get(i));
            sum = bin < 0 ? count : counts.subList(0, bin).stream().mapToDouble(n -> n).sum();
            below[i] = sum / count;
        }
        return below;
    }

    private static String label(Binning binning, int bin, ColumnType type) {
        OptionalDouble from = binning.from(bin);
        OptionalDouble to = binning.to(bin);
        if (from.isEmpty() && to.isEmpty()) {
            return "values";
        }
        if (from.isEmpty() || to.isEmpty()) {
            return from.isEmpty()
                    ? "values below " + Wording.place(to.getAsDouble(), type)
                    : "values from " + Wording.place(from.getAsDouble(), type) + " on";
        }
        return "values from %s to %s"
                .formatted(Wording.place(from.getAsDouble(), type), Wording.place(to.getAsDouble(), type));
    }

    /** Categories; those that one side does not tell are taken together. Empty when the reference tells none. */
    static Optional<Compared> categories(Scope scope, Facts facts, ColumnProfile before) throws InterruptedException {
        if (before.topValues().isEmpty()) {
            return Optional.empty();
        }
        Tally reference = Tally.of(before.topValues().get(), before.count());
        Tally current = tally(scope, facts);
        List<String> labels = new ArrayList<>();
        List<Double> then = new ArrayList<>();
        List<Double> now = new ArrayList<>();
        double restThen = 1;
        double restNow = 1;
        for (String value : reference.valuesOfBoth(current)) {
            labels.add("'" + Wording.shown(value) + "'");
            then.add(reference.share(value));
            now.add(current.share(value));
            restThen -= reference.share(value);
            restNow -= current.share(value);
        }
        if (!reference.complete() || !current.complete()) {
            labels.add("other values");
            then.add(Math.max(0, restThen));
            now.add(Math.max(0, restNow));
        }
        return Optional.of(new Compared(
                labels,
                then.stream().mapToDouble(share -> share).toArray(),
                now.stream().mapToDouble(share -> share).toArray(),
                Optional.empty(),
                current.total() > 0));
    }

    private static Tally tally(Scope scope, Facts facts) throws InterruptedException {
        Optional<ColumnProfile> known = scope.all() && scope.typed(scope.column()).matches()
                ? facts.profile().find(scope.column())
                : Optional.empty();
        Optional<TopValues> all = known.flatMap(ColumnProfile::topValues).filter(TopValues::complete);
        if (all.isPresent()) {
            return Tally.of(all.get(), known.get().count());
        }
        String value = scope.value();
        List<Row> rows = facts.engine()
                .query(("SELECT CAST(%1$s AS VARCHAR) AS value, count(*) AS n, sum(count(*)) OVER () AS total FROM %2$s"
                                + " WHERE %3$s GROUP BY %1$s ORDER BY n DESC, value LIMIT %4$d")
                        .formatted(
                                value,
                                scope.data().sql(),
                                scope.within(value + " IS NOT NULL"),
                                Tally.LIMIT + 1));
        return Tally.of(rows);
    }

    /** The distance of the two. */
    double distance(DistanceMethod method) {
        return switch (method) {
            case PSI -> Divergence.populationStabilityIndex(reference, current);
            case KL -> Divergence.kullbackLeibler(reference, current);
            case JS -> Divergence.jensenShannon(reference, current);
            case LINF -> Divergence.chebyshev(reference, current);
            case WASSERSTEIN ->
                DistributionFunction.wasserstein(
                                axis.orElseThrow().places(),
                                axis.get().reference(),
                                axis.get().current())
                        / axis.get().unit();
            case KS -> Divergence.chebyshev(axis.orElseThrow().reference(), axis.get().current());
        };
    }

    /** What moved most, for people; empty when nothing did. */
    Optional<String> moved() {
        int most = 0;
        for (int i = 1; i < reference.length; i++) {
            if (Math.abs(reference[i] - current[i]) > Math.abs(reference[most] - current[most])) {
                most = i;
            }
        }
        return reference.length == 0 || Math.abs(reference[most] - current[most]) < 1e-9
                ? Optional.empty()
                : Optional.of("%s moved most, from %s to %s"
                        .formatted(
                                labels.get(most),
                                Wording.percent(reference[most]),
                                Wording.percent(current[most])));
    }
}
