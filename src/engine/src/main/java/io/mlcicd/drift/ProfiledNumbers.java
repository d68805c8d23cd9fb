package io.mlcicd.drift;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.distance.DistributionFunction;
import io.mlcicd.drift.OrderedNumbers.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of one side's values in a numeric column: of data everything, of a profile what it says.
 *
 * @param count how many values
 * @param deciles the quantiles at {@link Overview#LEVELS}, or the edges of a coarser profile's bins
 * @param knots where the number of values below is known, and between which little is hidden
 * @param moments mean and variance
 * @param below the number of values below places
 */
record ProfiledNumbers(long count, List<Double> deciles, List<Double> knots, Moments moments, Below below) {

    /** Counts values below places. */
    interface Below {
        /** The shares of the values below these places, which rise. */
        List<Known> at(List<Double> places) throws InterruptedException;
    }

    /**
     * A share.
     *
     * @param low at least this
     * @param likely if values are spread evenly where nothing is known
     * @param high at most this
     */
    record Known(double low, double likely, double high) {
        boolean certain() {
            return low == high;
        }
    }

    static final ProfiledNumbers NONE = new ProfiledNumbers(
            0,
            List.of(),
            List.of(),
            new Moments(0, 0),
            places -> places.stream().map(place -> new Known(0, 0, 0)).toList());

    /** Of data. */
    static ProfiledNumbers of(OrderedNumbers values) throws InterruptedException {
        long count = values.count();
        if (count == 0) {
            return NONE;
        }
        return new ProfiledNumbers(count, values.deciles(), values.knots(), values.moments(), places -> {
            List<Known> known = new ArrayList<>();
            for (double below : values.below(places)) {
                double share = below / count;
                known.add(new Known(share, share, share));
            }
            return known;
        });
    }

    /** Of a profile. */
    static ProfiledNumbers of(ColumnProfile profile) {
        Optional<DistributionFunction> function = DistributionFunction.of(profile);
        if (function.isEmpty()) {
            return NONE;
        }
        Distribution distribution = profile.distribution().orElseThrow();
        List<Double> knots = function.get().knots();
        return new ProfiledNumbers(
                distribution.count(),
                deciles(distribution),
                knots,
                moments(distribution),
                places -> places.stream()
                        .map(place -> known(function.get(), knots, place))
                        .toList());
    }

    /** Of several profiles, all their values together; at least one. */
    static ProfiledNumbers together(List<ProfiledNumbers> all) throws InterruptedException {
        List<ProfiledNumbers> parts =
                all.stream().filter(part -> part.count() > 0).toList();
        if (parts.isEmpty()) {
            return NONE;
        }
        long count = parts.stream().mapToLong(ProfiledNumbers::count).sum();
        List<Double> knots = parts.stream()
                .flatMap(part -> part.knots().stream())
                .distinct()
                .sorted()
                .toList();
        Below below = places -> {
            List<List<Known>> each = new ArrayList<>();
            for (ProfiledNumbers part : parts) {
                each.add(part.below().at(places));
            }
            List<Known> mixed = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                mixed.add(mixed(parts, each, i, count));
            }
            return mixed;
        };
        return new ProfiledNumbers(
                count, MixedQuantiles.deciles(parts, knots, count), knots, pooled(parts, count), below);
    }

    private static Known mixed(List<ProfiledNumbers> parts, List<List<Known>> each, int place, long count) {
        double low = 0;
        double likely = 0;
        double high = 0;
        for (int i = 0; i < parts.size(); i++) {
            double weight = (double) parts.get(i).count() / count;
            Known known = each.get(i).get(place);
            low += weight * known.low();
            likely += weight * known.likely();
            high += weight * known.high();
        }
        // Where all parts are certain, rounding must not make their sum look uncertain.
        boolean certain = each.stream().allMatch(known -> known.get(place).certain());
        return certain ? new Known(likely, likely, likely) : new Known(low, likely, high);
    }

    private static Moments pooled(List<ProfiledNumbers> parts, long count) {
        double mean = 0;
        for (ProfiledNumbers part : parts) {
            mean += part.moments().mean() * part.count() / count;
        }
        double variance = 0;
        for (ProfiledNumbers part : parts) {
            double apart = part.moments().mean() - mean;
            variance += (part.moments().variance() + apart * apart) * part.count() / count;
        }
        return new Moments(mean, variance);
    }

    private static List<Double> deciles(Distribution distribution) {
        List<Double> deciles = new ArrayList<>();
        for (double level : Overview.LEVELS) {
            OptionalDouble quantile = distribution.quantile(level);
            quantile.ifPresent(deciles::add);
        }
        // A profile of coarser quantiles is compared by the bins it has.
        boolean all = deciles.size() == Overview.LEVELS.size();
        return all ? List.copyOf(deciles) : distribution.equalFrequency().edges();
    }

    private static Moments moments(Distribution distribution) {
        double deviation = distribution.standardDeviation().orElse(0);
        double n = (double) distribution.count();
        return new Moments(distribution.mean(), deviation * deviation * (n - 1) / n);
    }

    private static Known known(DistributionFunction function, List<Double> knots, double place) {
        double likely = function.below(place);
        int low = floor(knots, place);
        boolean onKnot = low >= 0 && knots.get(low) == place;
        if (onKnot || low < 0 || low == knots.size() - 1) {
            return new Known(likely, likely, likely);
        }
        return new Known(function.below(knots.get(low)), likely, function.below(knots.get(low + 1)));
    }

    /** The last knot at the place or below it; -1 for none. */
    private static int floor(List<Double> knots, double place) {
        int low = 0;
        int high = knots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (knots.get(middle) <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
