package io.mlcicd.data.distance;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Bins that cover all numbers: below the first cut, from each cut up to the next, from the last cut on. A value on a
 * cut belongs to the bin above it.
 *
 * @param cuts where the bins meet, strictly rising; none for a single bin
 */
public record Binning(List<Double> cuts) {

    /**
     * Bins of equal frequency in the data of these quantiles, which the minimum opens and the maximum closes. Quantiles
     * that coincide collapse into one cut. Where a frequent value is the minimum or the maximum itself, what lies beyond
     * is a bin of its own; so a constant's three bins are below it, the constant, and above it.
     */
    public static Binning ofQuantiles(List<Double> quantiles) {
        if (quantiles.isEmpty()) {
            return new Binning(List.of());
        }
        int last = quantiles.size() - 1;
        double max = quantiles.get(last);
        TreeSet<Double> cuts = new TreeSet<>();
        // A negative zero would sort below zero, although no value lies between them.
        quantiles.subList(1, last).forEach(cut -> cuts.add(cut + 0.0));
        if (!cuts.isEmpty() && cuts.last() >= max) {
            cuts.add(Math.nextUp(max));
        }
        return new Binning(List.copyOf(cuts));
    }

    /** Number of bins. */
    public int size() {
        return cuts.size() + 1;
    }

    /** Lower end of a bin, inclusive; empty for the first. */
    public OptionalDouble from(int bin) {
        return bin == 0 ? OptionalDouble.empty() : OptionalDouble.of(cuts.get(bin - 1));
    }

    /** Upper end of a bin, exclusive; empty for the last. */
    public OptionalDouble to(int bin) {
        return bin == cuts.size() ? OptionalDouble.empty() : OptionalDouble.of(cuts.get(bin));
    }
}
