package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/** Lets the detectors hear what is new. */
final class Detection {

    /** An error so many times the mean one counts as 1, and so do greater ones. */
    private static final double MEAN_ERRORS = 4;

    /** Of more rows as many sums of rows that follow one another are heard. */
    private static final long MOST_SUMS = 16_384;

    private final PerformanceRequest request;
    private final WatchedRows served;
    private final Windows windows;
    private final List<WatchedWindow> usable;

    /**
     * Detection in the windows of served predictions.
     *
     * @param usable the windows whose metrics may raise alarms
     */
    Detection(PerformanceRequest request, WatchedRows served, Windows windows, List<WatchedWindow> usable) {
        this.request = request;
        this.served = served;
        this.windows = windows;
        this.usable = usable;
    }

    /** Refuses detectors that cannot hear what they are to. */
    static void requireFitting(PerformanceRequest request) {
        boolean rows =
                request.task() == Task.BINARY || request.task() == Task.MULTICLASS || request.task() == Task.REGRESSION;
        for (DetectorSpec spec : request.detectors()) {
            if (spec.metric().isEmpty() && !rows) {
                throw new InvalidInputException(
                        "the detector '%s' needs a 'metric' to hear: of a %s task single rows are neither right nor wrong"
                                .formatted(spec.method().key(), request.task().key()));
            }
            if (spec.method() == DetectorMethod.DDM
                    && (spec.metric().isPresent() || request.task() == Task.REGRESSION)) {
                throw new InvalidInputException(
                        "the detector 'ddm' hears whether single rows are right or wrong, which only classes are; choose adwin or pageHinkley for %s"
                                .formatted(spec.metric().orElse("the errors of numbers")));
            }
        }
    }

    List<DetectorFinding> run(List<MetricSeries> measured, Optional<ClassColumns> columns) throws InterruptedException {
        Map<DetectorSpec, DetectorFinding> found = new HashMap<>();
        List<DetectorRun> ofRows = new ArrayList<>();
        for (DetectorSpec spec : request.detectors()) {
            if (spec.metric().isPresent()) {
                found.put(spec, ofWindows(spec, measured));
            } else {
                unit(columns)
                        .ifPresentOrElse(
                                unit -> ofRows.add(DetectorRun.ofRows(spec, earlier(spec), unit)),
                                () -> found.put(spec, waiting(spec, "no complete window with enough labels yet")));
            }
        }
        if (!ofRows.isEmpty()) {
            hearRows(ofRows, columns);
            ofRows.forEach(run -> found.put(run.spec(), run.finding()));
        }
        return request.detectors().stream().distinct().map(found::get).toList();
    }

    private Optional<DetectorFinding> earlier(DetectorSpec spec) {
        boolean timed = windows.windows().get(0).to().isPresent();
        return request.earlier().stream()
                .filter(finding ->
                        finding.name() == spec.method() && finding.metric().equals(spec.hears()))
                .filter(finding -> finding.state()
                        .map(memory -> memory.through().instant().isPresent() == timed)
                        .orElse(true))
                .findFirst();
    }

    private DetectorFinding waiting(DetectorSpec spec, String why) {
        return earlier(spec)
                .orElseGet(() -> new DetectorFinding(
                        spec.method(), spec.hears(), Optional.empty(), false, false, Optional.empty(), why));
    }

    private DetectorFinding ofWindows(DetectorSpec spec, List<MetricSeries> measured) {
        String metric = spec.metric().orElseThrow();
        Optional<MetricSeries> series =
                measured.stream().filter(each -> each.metric().equals(metric)).findFirst();
        if (series.isEmpty()) {
            return waiting(spec, metric + " is not among the metrics that were watched and measured");
        }
        if (series.get().higherIsBetter().isEmpty()) {
            throw new InvalidInputException("the detector '%s' is to hear '%s', of which neither more nor less is worse"
                    .formatted(spec.method().key(), metric));
        }
        if (series.get().limits().isEmpty()) {
            return waiting(spec, metric + " has no control limits yet, which say how far its values spread");
        }
        DetectorRun run =
                DetectorRun.ofWindows(spec, earlier(spec), series.get().limits().get());
        for (WatchedWindow window : usable) {
            series.get().points().stream()
                    .filter(point -> point.window() == window.index())
                    .findFirst()
                    .filter(point -> run.begin(window))
                    .ifPresent(point -> run.addMetric(
                            point.value(),
                            (double) window.labelled(),
                            series.get().higherIsBetter().get()));
        }
        return run.finding();
    }

    /** Runs that hear rows, each window's after those of the window before. */
    private final class Listening {
        private final List<DetectorRun> runs;
        private final Map<Integer, WatchedWindow> byIndex = new HashMap<>();
        private final Set<Integer> begun = new HashSet<>();
        private final Map<DetectorRun, Boolean> hears = new HashMap<>();

        Listening(List<DetectorRun> runs) {
            this.runs = runs;
            usable.forEach(window -> byIndex.put(window.index(), window));
        }

        void hear(int window, Consumer<DetectorRun> each) {
            if (!byIndex.containsKey(window)) {
                return;
            }
            if (begun.add(window)) {
                runs.forEach(run -> hears.put(run, run.begin(byIndex.get(window))));
            }
            for (DetectorRun run : runs) {
                if (hears.get(run)) {
                    each.accept(run);
                }
            }
        }
    }

    private void hearRows(List<DetectorRun> runs, Optional<ClassColumns> columns) throws InterruptedException {
        if (served.areMany()) {
            Map<Double, List<DetectorRun>> byUnit = new LinkedHashMap<>();
            runs.forEach(run -> byUnit.computeIfAbsent(run.unit(), none -> new ArrayList<>())
                    .add(run));
            for (Map.Entry<Double, List<DetectorRun>> some : byUnit.entrySet()) {
                hearSums(some.getValue(), error(columns), some.getKey());
            }
            return;
        }
        Listening listening = new Listening(runs);
        served.engine()
                .scan(
                        "SELECT CAST(%s AS DOUBLE), %s FROM %s WHERE %s = 1 ORDER BY %s"
                                .formatted(
                                        windows.column(),
                                        error(columns),
                                        windows.table(),
                                        served.labelled(),
                                        served.place()),
                        2,
                        row -> listening.hear((int) row[0], run -> run.addError(row[1])));
    }

    /** Rows that follow one another, added up where they are. */
    private void hearSums(List<DetectorRun> runs, String error, double unit) throws InterruptedException {
        Listening listening = new Listening(runs);
        served.engine()
                .scan(
                        "SELECT CAST(g AS DOUBLE), CAST(COUNT(*) AS DOUBLE), SUM(e), SUM(e * e), CAST(MIN(n) AS DOUBLE) FROM (SELECT %1$s AS g, %2$s AS n, CAST(FLOOR(%2$s / %3$s) AS BIGINT) AS b, LEAST(1E0, (%4$s) / %5$s) AS e FROM %6$s WHERE %7$s = 1) AS parts GROUP BY g, b ORDER BY 5"
                                .formatted(
                                        windows.column(),
                                        served.place(),
                                        DataEngine.literal((double) rowsAtOnce()),
                                        error,
                                        DataEngine.literal(unit),
                                        windows.table(),
                                        served.labelled()),
                        5,
                        row -> listening.hear((int) row[0], run -> run.addErrors((long) row[1], row[2], row[3])));
    }

    private long rowsAtOnce() {
        return (served.rows() + MOST_SUMS - 1) / MOST_SUMS;
    }

    /** What a reader must know of how rows were heard. */
    Optional<String> sentence() {
        boolean ofRows =
                request.detectors().stream().anyMatch(spec -> spec.metric().isEmpty());
        return ofRows && served.areMany() && rowsAtOnce() > 1 && !usable.isEmpty()
                ? Optional.of(
                        "detectors hear the rows' errors in sums of up to %s that follow one another; within such a part they are taken as spread evenly"
                                .formatted(Wording.count(rowsAtOnce(), "row")))
                : Optional.empty();
    }

    private String error(Optional<ClassColumns> columns) {
        return columns.map(classes -> "CASE WHEN %s = %s THEN 0E0 ELSE 1E0 END"
                        .formatted(classes.predicted(), classes.actual().orElseThrow()))
                .orElseGet(() -> "ABS(CAST(%s AS DOUBLE) - CAST(%s AS DOUBLE))"
                        .formatted(
                                DataEngine.quote(request.roles().prediction().orElseThrow()),
                                DataEngine.quote(request.roles().label().orElseThrow())));
    }

    /** The error that counts as 1: of classes any, of numbers four times the mean one of the first usable window. */
    private OptionalDouble unit(Optional<ClassColumns> columns) throws InterruptedException {
        if (usable.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (columns.isPresent()) {
            return OptionalDouble.of(1);
        }
        double mean = served.engine()
                .query("SELECT AVG(%s) AS m FROM %s WHERE %s = 1 AND %s = %d"
                        .formatted(
                                error(columns),
                                windows.table(),
                                served.labelled(),
                                windows.column(),
                                usable.get(0).index()))
                .get(0)
                .number("m")
                .orElse(0);
        return OptionalDouble.of(mean > 0 ? MEAN_ERRORS * mean : 1);
    }
}
