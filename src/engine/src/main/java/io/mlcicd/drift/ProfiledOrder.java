package io.mlcicd.drift;

import io.mlcicd.data.distance.DistributionFunction;
import io.mlcicd.drift.OrderedNumbers.Moments;
import io.mlcicd.drift.ProfiledNumbers.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures of ordered values where at least one side is a profile: taken at the places where the numbers of values
 * below are known, with bounds on how far they are from those of the data. Between two places, whatever the values, a
 * side's distribution function stays between what it is at their ends.
 */
final class ProfiledOrder {

    private final List<Double> places;
    private final ProfiledNumbers reference;
    private final ProfiledNumbers current;
    private final List<Known> before;
    private final List<Known> now;
    private final Map<String, Double> measures = new HashMap<>();
    private final Map<String, Double> errors = new HashMap<>();

    /** Measures both sides, which have values, at these places. */
    ProfiledOrder(
            List<Double> places,
            ProfiledNumbers reference,
            ProfiledNumbers current,
            List<Known> before,
            List<Known> now) {
        this.places = places;
        this.reference = reference;
        this.current = current;
        this.before = before;
        this.now = now;
        kolmogorovSmirnov();
        wasserstein();
    }

    Map<String, Double> measures() {
        return measures;
    }

    /** By how much each measure may be off; not there where it is exact. */
    Map<String, Double> errors() {
        return errors;
    }

    private void kolmogorovSmirnov() {
        // Where data meet a profile, what lies between its knots would be a guess set against what is known.
        boolean guess = (before.stream().anyMatch(share -> !share.certain())
                        && now.stream().anyMatch(share -> !share.certain()))
                || nothingIsCertain(before)
                || nothingIsCertain(now);
        double likely = 0;
        double least = 0;
        double most = 0;
        for (int i = 0; i < places.size(); i++) {
            Known r = before.get(i);
            Known c = now.get(i);
            if (guess || (r.certain() && c.certain())) {
                likely = Math.max(likely, Math.abs(r.likely() - c.likely()));
            }
            least = Math.max(least, Math.max(r.low() - c.high(), c.low() - r.high()));
            most = Math.max(most, Math.max(r.high() - c.low(), c.high() - r.low()));
            boolean hidden = i + 1 < places.size() && Math.nextUp(places.get(i)) < places.get(i + 1);
            if (hidden) {
                most = Math.max(most, before.get(i + 1).high() - c.low());
                most = Math.max(most, now.get(i + 1).high() - r.low());
            }
        }
        KolmogorovSmirnov test = KolmogorovSmirnov.of(likely, reference.count(), current.count());
        measures.putAll(test.measures());
        putError("ks", Math.max(most - likely, likely - least));
        double small = KolmogorovSmirnov.of(Math.min(1, most), reference.count(), current.count())
                .pValue();
        double great =
                KolmogorovSmirnov.of(least, reference.count(), current.count()).pValue();
        putError("ks.pValue", Math.max(great - test.pValue(), test.pValue() - small));
    }

    private void wasserstein() {
        double distance = DistributionFunction.wasserstein(places, likely(before), likely(now));
        double error = hidden(before) + hidden(now);
        put("wasserstein", distance);
        putError("wasserstein", error);
        double deviation = deviation();
        if (!Double.isFinite(deviation)) {
            return;
        }
        put("wasserstein.normed", deviation == 0 ? 0 : distance / deviation);
        putError("wasserstein.normed", deviation == 0 ? 0 : error / deviation);
    }

    private void put(String name, double value) {
        measures.put(name, Math.min(value, Double.MAX_VALUE));
    }

    private void putError(String name, double error) {
        // Shares are quotients of counts, so that less than this is rounding.
        double rounding = 1e-12 * Math.max(1, Math.abs(measures.get(name)));
        if (error > rounding) {
            errors.put(name, Math.min(error, Double.MAX_VALUE));
        }
    }

    private static double[] likely(List<Known> shares) {
        return shares.stream().mapToDouble(Known::likely).toArray();
    }

    /** Of several profiles together one may know what the others do not at every place but the ends. */
    private static boolean nothingIsCertain(List<Known> shares) {
        return shares.stream().noneMatch(share -> share.certain() && share.likely() > 0 && share.likely() < 1);
    }

    /**
     * What steps between certain places can add to the area beyond the likely line: half the rectangle at the most, or
     * what the bounds at the places between them leave room for.
     */
    private double hidden(List<Known> shares) {
        double area = 0;
        double room = 0;
        int from = 0;
        for (int i = 1; i < places.size(); i++) {
            Known last = shares.get(i - 1);
            Known next = shares.get(i);
            room += (places.get(i) - places.get(i - 1))
                    * Math.max(next.high() - last.likely(), next.likely() - last.low());
            if (next.certain()) {
                double rectangle = (places.get(i) - places.get(from))
                        * (next.likely() - shares.get(from).likely());
                area += Math.min(rectangle / 2, room);
                room = 0;
                from = i;
            }
        }
        return area;
    }

    /** Of the reference; of a constant one that of both sides together, as in {@link PooledOrder}. */
    private double deviation() {
        Moments one = reference.moments();
        Moments other = current.moments();
        if (one.variance() > 0) {
            return Math.sqrt(one.variance());
        }
        double n = (double) reference.count();
        double m = (double) current.count();
        double difference = other.mean() - one.mean();
        return Math.sqrt(m / (n + m) * other.variance() + n / (n + m) * (m / (n + m)) * difference * difference);
    }
}
