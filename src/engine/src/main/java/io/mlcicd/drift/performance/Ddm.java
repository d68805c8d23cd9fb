package io.mlcicd.drift.performance;

import java.util.OptionalDouble;

/**
 * The drift detection method of J. Gama, P. Medas, G. Castillo and P. Rodrigues, "Learning with drift detection", SBIA
 * 2004: the error rate p of a model that fits falls or stays with the number of rows, with s = √(p (1 − p) / n); where p + s
 * is beyond the lowest one's p + 2 s there is a warning, beyond p + 3 s a change, after which it begins anew. As river's
 * {@code DDM}.
 */
final class Ddm implements Detector {

    private final int least;
    private final double warning;
    private final double drift;
    private long heard;
    private double rate;
    private double lowestRate;
    private double lowestDeviation;
    private boolean changed;

    Ddm(DetectorState.OfDdm state) {
        least = state.least();
        warning = state.warning();
        drift = state.drift();
        heard = state.heard();
        rate = state.rate();
        lowestRate = state.lowestRate().orElse(Double.POSITIVE_INFINITY);
        lowestDeviation = state.lowestDeviation().orElse(Double.POSITIVE_INFINITY);
        changed = state.changed();
    }

    /** Hears whether a row was an error: 1 or 0. */
    @Override
    public Signal add(double error) {
        if (changed) {
            heard = 0;
            rate = 0;
            lowestRate = Double.POSITIVE_INFINITY;
            lowestDeviation = Double.POSITIVE_INFINITY;
            changed = false;
        }
        heard++;
        rate += (error - rate) / heard;
        if (heard <= least) {
            return Signal.NONE;
        }
        double deviation = Math.sqrt(Math.max(0, rate * (1 - rate)) / heard);
        double now = rate + deviation;
        if (now <= lowestRate + lowestDeviation) {
            lowestRate = rate;
            lowestDeviation = deviation;
        }
        changed = now > lowestRate + drift * lowestDeviation;
        if (changed) {
            return Signal.DRIFT;
        }
        return now > lowestRate + warning * lowestDeviation ? Signal.WARNING : Signal.NONE;
    }

    @Override
    public DetectorState state() {
        return new DetectorState.OfDdm(
                least, warning, drift, heard, rate, finite(lowestRate), finite(lowestDeviation), changed);
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
