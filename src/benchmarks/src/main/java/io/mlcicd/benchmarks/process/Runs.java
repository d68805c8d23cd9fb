package io.mlcicd.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Repeated runs of one command. */
final class Runs {

    private final List<MeasuredProcess> runs = new ArrayList<>();

    void add(MeasuredProcess run) {
        runs.add(run);
    }

    /** Median of the wall times in seconds; of an even number of runs the lower of the two in the middle. */
    double seconds() {
        return median(MeasuredProcess::seconds);
    }

    /** Median of the peaks of memory in bytes. */
    long peakBytes() {
        return (long) median(MeasuredProcess::peakBytes);
    }

    private double median(ToDoubleFunction<MeasuredProcess> figure) {
        return runs.stream()
                .mapToDouble(figure)
                .sorted()
                .skip((runs.size() - 1) / 2)
                .findFirst()
                .orElse(Double.NaN);
    }
}
