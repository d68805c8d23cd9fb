package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.OptionalDouble;

/** What a detector knows, with its settings, so that it goes on from a result document as if it had never stopped. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DetectorState.OfAdwin.class, name = "adwin"),
    @JsonSubTypes.Type(value = DetectorState.OfPageHinkley.class, name = "pageHinkley"),
    @JsonSubTypes.Type(value = DetectorState.OfDdm.class, name = "ddm")
})
public sealed interface DetectorState {

    /**
     * What {@link Adwin} knows.
     *
     * @param delta the probability of a false alarm at a test, above 0 and below 1
     * @param clock every so many values it tests, 1 or more
     * @param heard number of values heard, ever
     * @param total sum of the values in the window
     * @param variance sum of squared deviations from the mean in the window
     * @param levels buckets of 1, 2, 4, 8 ... values, the oldest of each first
     */
    record OfAdwin(double delta, int clock, long heard, double total, double variance, List<List<Bucket>> levels)
            implements DetectorState {

        public OfAdwin {
            levels = levels.stream().map(List::copyOf).toList();
        }

        static OfAdwin start(double delta, int clock) {
            return new OfAdwin(delta, clock, 0, 0, 0, List.of(List.of()));
        }
    }

    /** Neighbouring values as one: their sum, and the sum of their squared deviations from their mean. */
    record Bucket(double total, double variance) {}

    /**
     * What {@link PageHinkley} knows.
     *
     * @param least the number of values before it says anything
     * @param delta the rise that is tolerated
     * @param threshold the sum of rises beyond which there is a change
     * @param alpha how much of the sum is kept from one value to the next, above 0 and up to 1
     * @param heard number of values since the last change
     * @param mean of these values
     * @param sum of deviations from the mean
     * @param lowest the lowest that the sum has been; empty before the first value
     * @param changed whether the newest value was a change, so that the next begins anew
     */
    record OfPageHinkley(
            int least,
            double delta,
            double threshold,
            double alpha,
            long heard,
            double mean,
            double sum,
            OptionalDouble lowest,
            boolean changed)
            implements DetectorState {

        static OfPageHinkley start(int least, double delta, double threshold, double alpha) {
            return new OfPageHinkley(least, delta, threshold, alpha, 0, 0, 0, OptionalDouble.empty(), false);
        }
    }

    /**
     * What {@link Ddm} knows.
     *
     * @param least the number of values after which it says something
     * @param warning standard deviations to a warning
     * @param drift standard deviations to a change
     * @param heard number of values since the last change
     * @param rate the error rate of these values
     * @param lowestRate the error rate where rate and deviation together were lowest; empty while too few were heard
     * @param lowestDeviation the deviation there
     * @param changed whether the newest value was a change, so that the next begins anew
     */
    record OfDdm(
            int least,
            double warning,
            double drift,
            long heard,
            double rate,
            OptionalDouble lowestRate,
            OptionalDouble lowestDeviation,
            boolean changed)
            implements DetectorState {

        static OfDdm start(int least, double warning, double drift) {
            return new OfDdm(least, warning, drift, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), false);
        }
    }
}
