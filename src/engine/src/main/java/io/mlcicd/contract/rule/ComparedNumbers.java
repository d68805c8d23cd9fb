package io.mlcicd.contract.rule;

import io.mlcicd.contract.rule.Compared.Axis;
import io.mlcicd.contract.rule.Compared.Knot;
import io.mlcicd.contract.rule.Compared.Share;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.distance.Binning;
import io.mlcicd.data.distance.DistributionFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Compares numbers, dates and timestamps: in the bins between the reference's deciles, and as distribution functions. */
final class ComparedNumbers {

    private static final List<Double> DECILES =
            IntStream.rangeClosed(0, 10).mapToObj(i -> i / 10.0).toList();

    /** Where the data's own function is known when a rule is about some of the rows alone. */
    private static final List<Double> FINE =
            IntStream.rangeClosed(0, 50).mapToObj(i -> i / 50.0).toList();

    private ComparedNumbers() {}

    /** Compares; empty when the reference has no values. */
    static Optional<Compared> of(Numbers numbers, Facts facts, ColumnProfile before) throws InterruptedException {
        Optional<DistributionFunction> reference = DistributionFunction.of(before);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Distribution distribution = before.distribution().orElseThrow();
        Binning binning = Binning.ofQuantiles(deciles(distribution));
        TreeSet<Double> places = new TreeSet<>(reference.get().knots());
        places.addAll(binning.cuts());
        // A negative zero would sort below zero, although no value lies between them.
        knots(numbers, facts).forEach(knot -> places.add(knot + 0.0));
        long count = facts.count(numbers.count());
        SortedMap<Double, Double> below = below(numbers, facts, places, count);
        List<Knot> knots = new ArrayList<>();
        below.forEach(
                (place, share) -> knots.add(new Knot(place, reference.get().below(place), share)));
        double deviation = distribution.standardDeviation().orElse(0);
        return Optional.of(new Compared(
                shares(binning, knots, below, before.type()),
                Optional.of(new Axis(knots, deviation == 0 ? 1 : deviation)),
                count > 0));
    }

    private static List<Double> deciles(Distribution distribution) {
        List<Double> deciles = DECILES.stream()
                .flatMap(level -> distribution.quantile(level).stream().boxed())
                .toList();
        // A profile of coarser quantiles is compared by the bins it has.
        return deciles.size() == DECILES.size()
                ? deciles
                : distribution.equalFrequency().edges();
    }

    private static List<Double> knots(Numbers numbers, Facts facts) throws InterruptedException {
        if (numbers.profiled()) {
            return facts.profile()
                    .find(numbers.column())
                    .flatMap(DistributionFunction::of)
                    .map(DistributionFunction::knots)
                    .orElse(List.of());
        }
        List<Double> knots = new ArrayList<>(numbers.quantiles(facts, FINE));
        if (!knots.isEmpty()) {
            // The share below the greatest value leaves that value out.
            knots.add(Math.nextUp(knots.get(knots.size() - 1)));
        }
        return knots;
    }

    /** The exact share of the data's values below each place; values beyond the places are counted at their ends. */
    private static SortedMap<Double, Double> below(Numbers numbers, Facts facts, SortedSet<Double> places, long count)
            throws InterruptedException {
        TreeSet<Double> edges = new TreeSet<>(places);
        edges.add(Math.max(-Double.MAX_VALUE, Math.nextDown(places.first())));
        edges.remove(Double.POSITIVE_INFINITY);
        String drawn = "CASE WHEN %1$s IS NOT NULL THEN greatest(%2$s, least(%3$s, %1$s)) END"
                .formatted(numbers.sql(), DataEngine.literal(edges.first()), DataEngine.literal(edges.last()));
        List<Double> counts = facts.engine()
                .query("SELECT %s AS bins FROM %s"
                        .formatted(
                                facts.engine().dialect().binCounts(drawn, List.copyOf(edges)),
                                numbers.scope().data().sql()))
                .get(0)
                .numbers("bins");
        TreeMap<Double, Double> below = new TreeMap<>();
        double sum = 0;
        int bin = 0;
        for (double edge : edges) {
            below.put(edge, count == 0 ? 0 : sum / count);
            sum += count == 0 ? 0 : counts.get(bin);
            bin++;
        }
        places.forEach(place -> below.putIfAbsent(place, 1.0));
        return below;
    }

    private static List<Share> shares(Binning binning, List<Knot> knots, Map<Double, Double> below, ColumnType type) {
        TreeMap<Double, Double> reference = new TreeMap<>();
        knots.forEach(knot -> reference.put(knot.place(), knot.reference()));
        List<Share> shares = new ArrayList<>();
        for (int bin = 0; bin < binning.size(); bin++) {
            shares.add(new Share(
                    label(binning.from(bin), binning.to(bin), type),
                    within(reference, binning.from(bin), binning.to(bin)),
                    within(below, binning.from(bin), binning.to(bin))));
        }
        return shares;
    }

    private static double within(Map<Double, Double> below, OptionalDouble from, OptionalDouble to) {
        return (to.isPresent() ? below.get(to.getAsDouble()) : 1)
                - (from.isPresent() ? below.get(from.getAsDouble()) : 0);
    }

    private static String label(OptionalDouble from, OptionalDouble to, ColumnType type) {
        if (from.isEmpty() || to.isEmpty()) {
            return from.isPresent()
                    ? "values from " + Wording.place(from.getAsDouble(), type) + " on"
                    : to.isPresent() ? "values below " + Wording.place(to.getAsDouble(), type) : "values";
        }
        String least = Wording.place(from.getAsDouble(), type);
        return to.getAsDouble() == Math.nextUp(from.getAsDouble())
                ? "the value " + least
                : "values from " + least + " to " + Wording.place(to.getAsDouble(), type);
    }
}
