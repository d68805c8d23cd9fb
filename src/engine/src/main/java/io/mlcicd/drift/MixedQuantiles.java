package io.mlcicd.drift;

import io.mlcicd.drift.ProfiledNumbers.Known;
import java.util.ArrayList;
import java.util.List;

/**
 * Quantiles of several profiles' values together, where the number of values below reaches a level; of values that are
 * listed the exact ones, by linear interpolation between neighbours (type 7 of Hyndman and Fan, The American Statistician
 * 50, 1996). Elsewhere a quantile is the data's own at a level no farther away than the greatest share that one bin has of
 * its profile, in the mean of the profiles.
 */
final class MixedQuantiles {

    private final List<Double> knots;
    private final double[] below;

    private MixedQuantiles(List<Double> knots, double[] below) {
        this.knots = knots;
        this.below = below;
    }

    /** The quantiles at {@link Overview#LEVELS}; {@code knots} rise from the smallest value to just above the greatest. */
    static List<Double> deciles(List<ProfiledNumbers> parts, List<Double> knots, long count)
            throws InterruptedException {
        double[] below = new double[knots.size()];
        for (ProfiledNumbers part : parts) {
            List<Known> known = part.below().at(knots);
            for (int i = 0; i < below.length; i++) {
                below[i] += known.get(i).likely() * part.count();
            }
        }
        MixedQuantiles quantiles = new MixedQuantiles(knots, below);
        List<Double> deciles = new ArrayList<>();
        for (double level : Overview.LEVELS) {
            deciles.add(quantiles.at(level, count));
        }
        return List.copyOf(deciles);
    }

    private double at(double level, long count) {
        double rank = level * (count - 1);
        double whole = Math.floor(rank);
        double low = inverse(whole);
        double high = inverse(Math.min(whole + 1, count - 1.0));
        return low + (rank - whole) * (high - low);
    }

    /** Where the value of that rank lies, counted from 0. */
    private double inverse(double rank) {
        int i = 0;
        while (i < below.length - 1 && Math.rint(below[i + 1] * 1e6) / 1e6 <= rank) {
            i++;
        }
        int last = below.length - 1;
        double greatest = Math.nextDown(knots.get(last));
        if (i == last) {
            return greatest;
        }
        if (knots.get(i + 1) == Math.nextUp(knots.get(i))) {
            return knots.get(i);
        }
        // The first of a bin's values lies on its edge, as quantiles do that edges were made of.
        double part = Math.max(0, (rank - below[i]) / (below[i + 1] - below[i]));
        return Math.min(greatest, knots.get(i) + part * (knots.get(i + 1) - knots.get(i)));
    }
}
