package io.mlcicd.deployment.supervisor;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Latencies in bins whose ends grow by 2 %, from 1 microsecond to 1000 seconds; what lies beyond counts as the end. A
 * percentile is the nearest-rank one, told as the geometric middle of its bin, so it is off by at most 1 % (the square
 * root of 1.02). Source of the idea of bins of constant relative width: C. Masson, J. E. Rim and H. K. Lee, DDSketch,
 * Proceedings of the VLDB Endowment 12, 2019, section 2.1.
 */
final class LatencyHistogram {

    private static final double GROWTH = 1.02;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final double MOST_MICROS = 1e9;
    private static final int BINS = (int) Math.ceil(Math.log(MOST_MICROS) / LOG_GROWTH) + 1;

    private final AtomicLongArray counts = new AtomicLongArray(BINS);

    void add(long nanos) {
        double micros = Math.min(MOST_MICROS, Math.max(1, nanos / 1e3));
        counts.incrementAndGet(Math.min(BINS - 1, (int) (Math.log(micros) / LOG_GROWTH)));
    }

    /** The percentile of that level, 0 to 1, in milliseconds; NaN when nothing was added. */
    double percentileMillis(double level) {
        long total = 0;
        for (int i = 0; i < BINS; i++) {
            total += counts.get(i);
        }
        long rank = Math.max(1, (long) Math.ceil(level * total));
        long passed = 0;
        for (int i = 0; i < BINS; i++) {
            passed += counts.get(i);
            if (passed >= rank) {
                return Math.exp((i + 0.5) * LOG_GROWTH) / 1e3;
            }
        }
        return Double.NaN;
    }
}
