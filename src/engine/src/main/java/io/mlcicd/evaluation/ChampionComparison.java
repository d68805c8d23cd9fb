package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.PredictionJudge.Group;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.gate.Metrics;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.statistic.BootstrapDistribution;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.NormalError;
import io.mlcicd.statistic.Uncertainty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The comparison with the champion: row by row when its predictions for the same rows are known, else by what its
 * evaluation says, as if the rows were others.
 */
final class ChampionComparison {

    private final Optional<ChampionSource> source;
    private final Optional<Result<EvaluationDetails>> document;
    private final Map<String, CustomMetric> custom;
    private final OptionalDouble threshold;
    private Optional<CodedRows> rows = Optional.empty();
    private Optional<PredictionJudge.Judged> judged = Optional.empty();
    private List<PairedTest> tests = List.of();

    private ChampionComparison(
            Optional<ChampionSource> source, Optional<Result<EvaluationDetails>> document, EvaluationRequest request) {
        this.source = source;
        this.document = document;
        this.custom = request.custom();
        this.threshold = request.options().threshold();
    }

    /**
     * Reads what is known of the champion.
     *
     * @throws InvalidInputException when its document is none, or of a model of another task
     */
    static ChampionComparison with(EvaluationRequest request, EvaluationDraft draft) {
        Optional<Result<EvaluationDetails>> document = request.champion()
                .flatMap(ChampionSource::document)
                .map(file -> ResultDocuments.read(file, Stage.EVALUATE, EvaluationDetails.class));
        document.ifPresent(found -> requireSameTask(request, found));
        if (request.judged() instanceof EvaluationRequest.Judged.Reported
                && request.champion().flatMap(ChampionSource::predictions).isPresent()) {
            draft.note("the champion's predictions are left aside, for reported metrics come without rows");
        }
        return new ChampionComparison(request.champion(), document, request);
    }

    private static void requireSameTask(EvaluationRequest request, Result<EvaluationDetails> champion) {
        String theirs = champion.details().task().map(task -> task.key()).orElse("");
        String mine = request.judged() instanceof EvaluationRequest.Judged.Predictions predictions
                ? predictions.task().key()
                : request.judged() instanceof EvaluationRequest.Judged.Service service
                        ? service.task().key()
                        : theirs;
        if (!theirs.isEmpty() && !theirs.equals(mine)) {
            throw new InvalidInputException("the champion %s is the evaluation of a %s model, this one is %s"
                    .formatted(
                            request.champion().flatMap(ChampionSource::document).orElseThrow(), theirs, mine));
        }
    }

    ChampionSource source() {
        return source.orElseThrow();
    }

    Optional<Path> document() {
        return source.flatMap(ChampionSource::document);
    }

    Optional<DataSource> predictions() {
        return source.flatMap(ChampionSource::predictions);
    }

    /** Hears what came of both models in the same rows. */
    void paired(CodedRows both, PredictionJudge.Judged comparison, EvaluationDraft draft) throws InterruptedException {
        rows = Optional.of(both);
        judged = Optional.of(comparison);
        tests = PairedTests.of(both, threshold, draft);
    }

    /** The champion's metrics, for gates. */
    Optional<Metrics> metrics() {
        if (judged.isPresent()) {
            Map<String, Map<String, Metrics.Group>> slices = new LinkedHashMap<>();
            for (SliceGroups groups : rows.orElseThrow().groups()) {
                Map<String, Metrics.Group> values = new LinkedHashMap<>();
                for (int v = 0; v < groups.values().size(); v++) {
                    values.put(
                            groups.values().get(v),
                            Metrics.Group.of(EvaluationDraft.values(judged.get()
                                    .slices()
                                    .get(groups.index())
                                    .get(v)
                                    .champions())));
                }
                slices.put(groups.grouping().name(), values);
            }
            return Optional.of(new Metrics(Metrics.Group.of(ofWhole()), slices));
        }
        return document.map(found -> {
            Map<String, Map<String, Metrics.Group>> slices = new LinkedHashMap<>();
            for (SliceMetrics slice : found.details().slices()) {
                slices.computeIfAbsent(slice.column(), name -> new LinkedHashMap<>())
                        .put(slice.value(), Metrics.Group.of(slice.metrics()));
            }
            return new Metrics(Metrics.Group.of(found.metrics()), slices);
        });
    }

    /** Metrics in the same rows go before those of its own evaluation, which has some that rows do not tell. */
    private Map<String, Double> ofWhole() {
        Map<String, Double> all = new LinkedHashMap<>();
        judged.ifPresent(both -> all.putAll(EvaluationDraft.values(both.whole().champions())));
        document.ifPresent(found -> found.metrics().forEach(all::putIfAbsent));
        return all;
    }

    /** How each metric over all rows has changed. */
    Map<String, Estimate> changes(Map<String, Estimate> mine) {
        Map<String, Estimate> changes = new LinkedHashMap<>();
        judged.ifPresent(both -> changes.putAll(both.whole().changes()));
        document.ifPresent(
                found -> unpaired(mine, found.metrics(), found.details().intervals(), found)
                        .forEach(changes::putIfAbsent));
        return changes;
    }

    /** How each metric of a slice has changed. */
    Map<String, Estimate> changes(String grouping, String value, Map<String, Estimate> mine) {
        if (judged.isPresent()) {
            for (SliceGroups groups : rows.orElseThrow().groups()) {
                int v = groups.values().indexOf(value);
                if (groups.grouping().name().equals(grouping) && v >= 0) {
                    Group group = judged.get().slices().get(groups.index()).get(v);
                    return group.changes();
                }
            }
        }
        return document.flatMap(found -> found.details().slices().stream()
                        .filter(slice ->
                                slice.column().equals(grouping) && slice.value().equals(value))
                        .findFirst()
                        .map(slice -> unpaired(mine, slice.metrics(), slice.intervals(), found)))
                .orElse(Map.of());
    }

    /** Two independent estimates differ by an error whose variance is the sum of theirs. */
    private static Map<String, Estimate> unpaired(
            Map<String, Estimate> mine,
            Map<String, Double> theirs,
            Map<String, MetricInterval> intervals,
            Result<EvaluationDetails> champion) {
        Map<String, Estimate> changes = new LinkedHashMap<>();
        double confidence = champion.details().confidence();
        mine.forEach((name, estimate) -> {
            Double reference = theirs.get(name);
            if (reference == null) {
                return;
            }
            double change = estimate.value() - reference;
            MetricInterval interval = intervals.get(name);
            Optional<Uncertainty> uncertainty = interval == null || !(confidence > 0 && confidence < 1)
                    ? Optional.empty()
                    : estimate.uncertainty().map(own -> {
                        Interval ours = own.interval(confidence);
                        return NormalError.ofHalfWidths(
                                change,
                                confidence,
                                (ours.upper() - ours.lower()) / 2,
                                (interval.upper() - interval.lower()) / 2);
                    });
            changes.put(name, new Estimate(change, uncertainty));
        });
        return changes;
    }

    /** The champion as the result document tells it. */
    Optional<Champion> summary(EvaluationDraft draft) {
        if (document.isEmpty() && judged.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Change> changes = new LinkedHashMap<>();
        double level = draft.confidence().level();
        changes(draft.metrics()).forEach((name, change) -> changes.put(name, change(name, change, level)));
        String name = source.flatMap(ChampionSource::title)
                .or(() -> document().map(file -> file.getFileName().toString()))
                .or(() -> predictions().map(DataSource::shown))
                .orElse("");
        return Optional.of(new Champion(
                name,
                document.map(found -> found.started().toString()).orElse(""),
                ofWhole(),
                judged.isPresent(),
                changes,
                tests));
    }

    private Change change(String name, Estimate change, double confidence) {
        Optional<Interval> interval = change.uncertainty().map(uncertainty -> uncertainty.interval(confidence));
        OptionalDouble pValue = change.uncertainty()
                .filter(BootstrapDistribution.class::isInstance)
                .map(distribution -> OptionalDouble.of(((BootstrapDistribution) distribution).pValueOfZero()))
                .orElse(OptionalDouble.empty());
        Optional<Boolean> higher =
                custom.containsKey(name) ? custom.get(name).higherIsBetter() : MetricDirection.higherIsBetter(name);
        return new Change(
                change.value(),
                interval.map(found -> OptionalDouble.of(found.lower())).orElse(OptionalDouble.empty()),
                interval.map(found -> OptionalDouble.of(found.upper())).orElse(OptionalDouble.empty()),
                pValue,
                change.uncertainty().map(Uncertainty::method),
                change.value() == 0 ? Optional.empty() : higher.map(better -> better == change.value() > 0));
    }
}
