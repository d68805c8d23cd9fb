package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.drift.performance.MeasuredRows.Group;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Watches the performance of a model in service: metrics of its predictions per window of time with control limits, the
 * change against the accepted model, estimates where labels have not arrived, and sequential detectors of change.
 */
public final class PerformanceWatch {

    private final PerformanceRequest request;
    private final Progress progress;
    private final List<String> notes = new ArrayList<>();
    private final List<MetricSeries> series = new ArrayList<>();

    private PerformanceWatch(PerformanceRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Watches.
     *
     * @param engine made for the request's data among others; stays open
     * @throws InvalidInputException when a column is missing or has values it must not have, or when there is neither a
     *     label nor anything to estimate from; the message says what to do
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static PerformanceFindings observe(PerformanceRequest request, DataEngine engine, Progress progress)
            throws InterruptedException {
        Detection.requireFitting(request);
        return new PerformanceWatch(request, progress).observe(engine);
    }

    /** The data sets that it opens. */
    public static List<DataSource> sources(PerformanceRequest request) {
        return Stream.concat(Stream.of(request.predictions()), request.reference().stream())
                .toList();
    }

    private PerformanceFindings observe(DataEngine engine) throws InterruptedException {
        progress.step("reading " + request.predictions().shown(), 0.05);
        RoleNames names = RoleNames.of(request.task(), request.roles());
        Relation relation = engine.open(request.predictions());
        Optional<Relation> other = request.reference().isPresent()
                ? Optional.of(engine.open(request.reference().get()))
                : Optional.empty();
        List<String> features = other.isPresent() && LossEstimation.suits(request)
                ? Features.candidates(request, other.get(), relation)
                : List.of();
        WatchedRows served =
                WatchedRows.read(engine, relation, names, columns(names, relation, features), request.timestamp());
        Optional<WatchedRows> reference =
                other.isPresent() ? Optional.of(reference(engine, names, other.get(), features)) : Optional.empty();
        if (served.timeless() > 0) {
            notes.add("%s without a time in '%s' left out"
                    .formatted(
                            Wording.count(served.timeless(), "row"),
                            request.timestamp().orElse("")));
        }
        long labelled = served.labelledRows();
        requireSomething(served, labelled);
        Windows windows = Windows.of(served, request);
        Optional<List<String>> classes = classes(served, reference);
        Optional<String> positive = request.task() == Task.BINARY ? classes.map(both -> both.get(1)) : Optional.empty();
        Optional<ReferenceLimits> limits = Optional.empty();
        if (reference.isPresent()) {
            progress.step("measuring " + reference.get().file(), 0.2);
            limits =
                    Optional.of(ReferenceLimits.of(request, reference.get(), typicalRows(windows, labelled), positive));
            limits.get().notes().forEach(note -> notes.add("reference: " + note));
            if (limits.get().chunks().isEmpty()) {
                notes.add("%s has too few rows for control limits"
                        .formatted(reference.get().file()));
            }
        }
        List<WatchedWindow> usable = List.of();
        if (labelled > 0) {
            progress.step("measuring windows", 0.4);
            usable = measure(served, windows, positive, limits);
        } else {
            notes.add("no row has a label yet; all that is said of metrics is an estimate");
        }
        if (reference.isPresent() && request.estimate().orElse(labelled < served.rows())) {
            progress.step("estimating without labels", 0.7);
            estimate(served, reference.get(), windows, classes, limits.orElseThrow(), features);
        }
        progress.step("listening for change", 0.9);
        Optional<ClassColumns> coded = classes.map(all -> ClassColumns.of(request, relation, all));
        Detection detection = new Detection(request, served, windows, usable);
        List<DetectorFinding> detectors = request.detectors().isEmpty() ? List.of() : detection.run(measured(), coded);
        detection.sentence().ifPresent(notes::add);
        List<Artifact> inputs = new ArrayList<>(List.of(engine.artifact(request.predictions())));
        if (request.reference().isPresent()) {
            inputs.add(engine.artifact(request.reference().get()));
        }
        return new PerformanceFindings(
                inputs,
                served.file(),
                served.rows(),
                labelled,
                request.window().text(),
                windows.windows(),
                series,
                detectors,
                notes);
    }

    private WatchedRows reference(DataEngine engine, RoleNames names, Relation relation, List<String> features)
            throws InterruptedException {
        names.labels().forEach((name, role) -> relation.require(name, role));
        Optional<String> time =
                request.timestamp().filter(name -> relation.find(name).isPresent());
        WatchedRows rows = WatchedRows.read(engine, relation, names, columns(names, relation, features), time);
        if (rows.labelledRows() == 0) {
            throw new InvalidInputException(
                    "%s has no label in any row; the reference of a performance watch needs labels"
                            .formatted(rows.file()));
        }
        return rows;
    }

    private static List<String> columns(RoleNames names, Relation relation, List<String> features) {
        Set<String> columns = new LinkedHashSet<>(names.all(names.labelsIn(relation)));
        columns.addAll(features);
        return List.copyOf(columns);
    }

    private void requireSomething(WatchedRows served, long labelled) {
        if (labelled > 0) {
            return;
        }
        String none = served.file() + " has no row with a label yet";
        if (request.reference().isEmpty()) {
            throw new InvalidInputException(
                    none + ", and there is no 'reference' to estimate from; wait for labels, or name predictions with"
                            + " labels as they were when the model was accepted");
        }
        if (!ConfidenceEstimation.suits(request) && !LossEstimation.suits(request)) {
            boolean classes = request.task() == Task.BINARY || request.task() == Task.MULTICLASS;
            throw new InvalidInputException(none + ", and nothing can be estimated: "
                    + (classes
                            ? "name the column with the model's score by '%s'"
                                    .formatted(request.task() == Task.BINARY ? "score" : "scores")
                            : "that is done for binary, multiclass and regression tasks"));
        }
    }

    private Optional<List<String>> classes(WatchedRows served, Optional<WatchedRows> reference)
            throws InterruptedException {
        if (request.task() != Task.BINARY && request.task() != Task.MULTICLASS) {
            return Optional.empty();
        }
        List<WatchedRows> all = new ArrayList<>(List.of(served));
        reference.ifPresent(all::add);
        return Optional.of(ClassColumns.classes(request, all));
    }

    /** How many rows a complete window has, as a rule: the median. */
    private static long typicalRows(Windows windows, long labelled) {
        List<Long> sizes = windows.windows().stream()
                .filter(WatchedWindow::complete)
                .map(window -> labelled > 0 ? window.labelled() : window.rows())
                .filter(rows -> rows > 0)
                .sorted()
                .toList();
        return sizes.isEmpty() ? windows.windows().get(0).rows() : sizes.get(sizes.size() / 2);
    }

    private List<MetricSeries> measured() {
        return series.stream().filter(each -> !each.estimated()).toList();
    }

    /** Measures all windows, and returns those that may raise alarms. */
    private List<WatchedWindow> measure(
            WatchedRows served, Windows windows, Optional<String> positive, Optional<ReferenceLimits> limits)
            throws InterruptedException {
        MeasuredRows measured =
                MeasuredRows.of(request, served, windows.table(), windows.column(), positive, request.confidence());
        measured.notes().forEach(note -> notes.add("all labelled rows: " + note));
        Map<Integer, String> mute = new LinkedHashMap<>();
        for (WatchedWindow window : windows.windows()) {
            if (!window.notes().isEmpty()) {
                mute.put(window.index(), String.join(", ", window.notes()));
            } else if (window.labelled() < request.leastRows()) {
                mute.put(window.index(), "fewer than %d rows with a label".formatted(request.leastRows()));
            } else if (windows.classes().getOrDefault(window.index(), 2L) < 2) {
                mute.put(window.index(), "all labels are of one class");
            }
        }
        SeriesBuilder builder =
                new SeriesBuilder(windows.windows(), mute, WatchedWindow::labelled, false, request.baselineWindows());
        for (String metric :
                WatchedMetrics.of(request, measured.whole().metrics().keySet())) {
            Map<Integer, EstimatedValue> values = new LinkedHashMap<>();
            measured.groups()
                    .forEach((index, group) -> value(group, metric).ifPresent(value -> values.put(index, value)));
            series.add(builder.of(
                    metric,
                    values,
                    value(measured.whole(), metric),
                    limits.flatMap(all -> all.limits(metric)),
                    accepted(metric, limits)));
            noteLimits(series.get(series.size() - 1), limits);
        }
        return windows.windows().stream()
                .filter(window -> !mute.containsKey(window.index()))
                .toList();
    }

    private void noteLimits(MetricSeries of, Optional<ReferenceLimits> limits) {
        if (of.limits().isEmpty() && limits.map(all -> !all.chunks().isEmpty()).orElse(false)) {
            notes.add("%s is the same in all parts of the reference, which makes no control limits"
                    .formatted(of.metric()));
        } else if (of.limits().isEmpty() && limits.isEmpty()) {
            notes.add(
                    "%s has no control limits: they need a reference, or %d complete windows whose values vary and one more"
                            .formatted(of.metric(), request.baselineWindows()));
        }
    }

    private static Optional<EstimatedValue> value(Group group, String metric) {
        Double value = group.metrics().get(metric);
        return value == null || !Double.isFinite(value)
                ? Optional.empty()
                : Optional.of(new EstimatedValue(
                        value,
                        Optional.ofNullable(group.intervals().get(metric))
                                .map(interval -> new Interval(interval.lower(), interval.upper()))));
    }

    /** The accepted model's metric, else what the reference has, which are its predictions as a rule. */
    private OptionalDouble accepted(String metric, Optional<ReferenceLimits> limits) {
        Double value = request.accepted().get(metric);
        Double known = value != null
                ? value
                : limits.map(all -> all.whole().metrics().get(metric)).orElse(null);
        return known != null && Double.isFinite(known) ? OptionalDouble.of(known) : OptionalDouble.empty();
    }

    private void estimate(
            WatchedRows served,
            WatchedRows reference,
            Windows windows,
            Optional<List<String>> classes,
            ReferenceLimits limits,
            List<String> features)
            throws InterruptedException {
        if (!ConfidenceEstimation.suits(request) && !LossEstimation.suits(request)) {
            notes.add("nothing is estimated where labels lack: of classes that needs scores, and it is done for binary,"
                    + " multiclass and regression tasks");
            return;
        }
        Estimates estimates = classes.isPresent()
                ? ConfidenceEstimation.of(request, reference, served, windows, classes.get())
                : LossEstimation.of(request, features, reference, served, windows);
        estimates.notes().forEach(note -> notes.add("estimates: " + note));
        Map<Integer, String> mute = new LinkedHashMap<>();
        windows.windows().stream()
                .filter(window -> !window.notes().isEmpty())
                .forEach(window -> mute.put(window.index(), String.join(", ", window.notes())));
        SeriesBuilder builder =
                new SeriesBuilder(windows.windows(), mute, WatchedWindow::rows, true, request.baselineWindows());
        for (String metric : estimated(estimates)) {
            Map<Integer, EstimatedValue> values = new LinkedHashMap<>();
            estimates.windows().forEach((index, metrics) -> {
                if (metrics.containsKey(metric)) {
                    values.put(index, metrics.get(metric));
                }
            });
            series.add(builder.of(
                    metric,
                    values,
                    Optional.ofNullable(estimates.whole().get(metric)),
                    limits.limits(metric),
                    accepted(metric, Optional.of(limits))));
        }
    }

    private List<String> estimated(Estimates estimates) {
        Set<String> known = estimates.whole().keySet();
        List<String> wanted = request.metrics().isEmpty()
                ? WatchedMetrics.of(request, known)
                : request.metrics().stream().filter(known::contains).toList();
        request.metrics().stream()
                .filter(metric -> !known.contains(metric))
                .forEach(metric ->
                        notes.add("%s cannot be estimated; there are: %s".formatted(metric, String.join(", ", known))));
        return wanted;
    }
}
