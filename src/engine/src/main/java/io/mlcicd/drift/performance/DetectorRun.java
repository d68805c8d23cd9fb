package io.mlcicd.drift.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A detector while it hears the windows of this run; each window once, whatever was run before. */
final class DetectorRun {

    private static final int MOST_CHANGES = 20;

    /** Beyond so many standard deviations a metric is just as bad. */
    private static final double FURTHEST = 5;

    private final DetectorSpec spec;
    private final Optional<DetectorFinding> earlier;
    private final Optional<ControlLimits> limits;
    private final OptionalDouble unit;
    private final Detector detector;
    private final List<Position> changes;
    private Optional<Position> through;
    private Optional<WatchedWindow> current = Optional.empty();
    private Optional<String> changedIn = Optional.empty();
    private Signal newest = Signal.NONE;
    private int heard;
    private int passedOver;

    private DetectorRun(
            DetectorSpec spec,
            Optional<DetectorFinding> earlier,
            Optional<ControlLimits> limits,
            OptionalDouble unit,
            DetectorState state) {
        this.spec = spec;
        this.earlier = earlier;
        this.limits = limits;
        this.unit = unit;
        this.detector = Detector.resume(state);
        Optional<DetectorMemory> memory = earlier.flatMap(DetectorFinding::state);
        this.changes = new ArrayList<>(memory.map(DetectorMemory::changes).orElse(List.of()));
        this.through = memory.map(DetectorMemory::through);
    }

    /** A detector of rows' errors, of which the unit counts as 1. */
    static DetectorRun ofRows(DetectorSpec spec, Optional<DetectorFinding> earlier, double unit) {
        Optional<DetectorMemory> memory = earlier.flatMap(DetectorFinding::state);
        return new DetectorRun(
                spec,
                earlier,
                Optional.empty(),
                OptionalDouble.of(memory.map(kept -> kept.unit().orElse(unit)).orElse(unit)),
                memory.map(DetectorMemory::detector).orElseGet(() -> ofRows(spec.method())));
    }

    /** A detector of a metric's values per window. */
    static DetectorRun ofWindows(DetectorSpec spec, Optional<DetectorFinding> earlier, ControlLimits limits) {
        Optional<DetectorMemory> memory = earlier.flatMap(DetectorFinding::state);
        return new DetectorRun(
                spec,
                earlier,
                Optional.of(memory.flatMap(DetectorMemory::limits).orElse(limits)),
                OptionalDouble.empty(),
                memory.map(DetectorMemory::detector).orElseGet(() -> ofWindows(spec.method())));
    }

    /** The settings of the papers and of river. */
    private static DetectorState ofRows(DetectorMethod method) {
        return switch (method) {
            case ADWIN -> DetectorState.OfAdwin.start(0.002, 32);
            case PAGE_HINKLEY -> DetectorState.OfPageHinkley.start(30, 0.005, 50, 0.9999);
            case DDM -> DetectorState.OfDdm.start(30, 2, 3);
        };
    }

    /** Windows are few: each is tested, and rises count in standard deviations, as in a cumulative sum chart. */
    private static DetectorState ofWindows(DetectorMethod method) {
        return method == DetectorMethod.ADWIN
                ? DetectorState.OfAdwin.start(0.002, 1)
                : DetectorState.OfPageHinkley.start(5, 0.5, 5, 1);
    }

    DetectorSpec spec() {
        return spec;
    }

    /** Begins a window; false when it is not to be heard, because it was before or comes too late. */
    boolean begin(WatchedWindow window) {
        if (through.isPresent() && !through.get().isComparable(window.end())) {
            passedOver++;
            return false;
        }
        boolean late = through.isPresent()
                && (!window.end().isAfter(through.get()) || through.get().isAfter(window.start()));
        if (late) {
            passedOver++;
            return false;
        }
        current = Optional.of(window);
        through = Optional.of(window.end());
        heard++;
        return true;
    }

    /** Hears a row's error in the window that has begun. */
    void addError(double error) {
        hear(Math.min(1, error / unit.orElse(1)));
    }

    /** The error that counts as 1. */
    double unit() {
        return unit.orElse(1);
    }

    /**
     * Hears errors of rows of which the sums alone are known: as many rows of two errors, with their mean and their
     * variance, spread evenly. Of wrong and right rows these are the errors themselves, but for their order.
     *
     * @param rows how many they are
     * @param sum of the errors, cut to 0 to 1 in the unit
     * @param squares the sum of their squares
     */
    void addErrors(long rows, double sum, double squares) {
        double mean = sum / rows;
        double deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean));
        long greater = Math.max(1, Math.min(rows - 1, Math.round(sum)));
        double odds = rows > 1 ? (double) greater / (rows - greater) : 0;
        double high = odds > 0 ? Math.min(1, mean + deviation / Math.sqrt(odds)) : mean;
        double low = Math.max(0, mean - deviation * Math.sqrt(odds));
        long before = 0;
        for (long i = 1; i <= rows; i++) {
            long now = odds > 0 ? i * greater / rows : 0;
            hear(now > before || odds == 0 ? high : low);
            before = now;
        }
    }

    /** Hears a metric in the window that has begun. */
    void addMetric(double value, double rows, boolean higherIsBetter) {
        ControlLimits scale = limits.orElseThrow();
        double z = (value - scale.centre()) / scale.deviation(rows) * (higherIsBetter ? -1 : 1);
        double cut = Math.max(-FURTHEST, Math.min(FURTHEST, z));
        hear(spec.method() == DetectorMethod.ADWIN ? (cut + FURTHEST) / (2 * FURTHEST) : cut);
    }

    private void hear(double value) {
        newest = detector.add(value);
        if (newest == Signal.DRIFT) {
            WatchedWindow window = current.orElseThrow();
            if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(window.start())) {
                changes.add(window.start());
            }
            if (changes.size() > MOST_CHANGES) {
                changes.remove(0);
            }
            changedIn = Optional.of(window.label());
        }
    }

    DetectorFinding finding() {
        if (heard == 0 && earlier.isPresent()) {
            return earlier.get();
        }
        Optional<DetectorMemory> memory =
                through.map(end -> new DetectorMemory(detector.state(), limits, unit, end, changes));
        Optional<Position> since = changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
        boolean warning = newest == Signal.WARNING;
        return new DetectorFinding(
                spec.method(), spec.hears(), memory, changedIn.isPresent(), warning, since, message(warning));
    }

    private String message(boolean warning) {
        if (heard == 0) {
            return "no window to hear yet";
        }
        String what = spec.metric().orElse("the rows' errors");
        String found = changedIn
                .map(label -> "%s finds that %s changed for the worse in %s"
                        .formatted(spec.method().title(), what, label))
                .orElseGet(() -> warning
                        ? "%s warns that %s may be changing"
                                .formatted(spec.method().title(), what)
                        : "%s finds no change for the worse of %s"
                                .formatted(spec.method().title(), what));
        String late = passedOver > 0
                ? "; %s, heard before or too late, not heard again".formatted(Wording.count(passedOver, "window"))
                : "";
        return "%s, up to %s in %s%s"
                .formatted(
                        found,
                        through.orElseThrow().shown(),
                        Wording.count(heard, earlier.isPresent() ? "new window" : "window"),
                        late);
    }
}
