package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A metric of a model beside that of the champion. */
public final class MetricChange {

    private static final int MAIN = 8;

    private final JudgedMetric metric;

    private MetricChange(JudgedMetric metric) {
        this.metric = metric;
    }

    /**
     * The metrics that tell most. Where the evaluation compared with its champion itself, row by row, what it says counts;
     * else the numbers of both evaluations.
     */
    public static List<MetricChange> between(List<Result<JsonNode>> before, List<Result<JsonNode>> after) {
        Optional<Result<JsonNode>> evaluation = evaluation(after);
        if (evaluation.isEmpty()) {
            return List.of();
        }
        Map<String, Double> champion = evaluation(before).map(Result::metrics).orElse(Map.of());
        return Evaluation.of(evaluation.get()).main(MAIN).stream()
                .map(metric -> metric.champion().isPresent() ? metric : beside(metric, champion))
                .filter(metric -> metric.champion().isPresent())
                .map(MetricChange::new)
                .toList();
    }

    private static Optional<Result<JsonNode>> evaluation(List<Result<JsonNode>> documents) {
        Stream<Result<JsonNode>> stages = documents.stream().flatMap(HtmlReport::unfold);
        return stages.filter(document -> document.stage() == Stage.EVALUATE).reduce((first, second) -> second);
    }

    private static JudgedMetric beside(JudgedMetric metric, Map<String, Double> champion) {
        Double reference = champion.get(metric.name());
        if (reference == null) {
            return metric;
        }
        double difference = metric.value() - reference;
        return new JudgedMetric(
                metric.name(),
                metric.value(),
                metric.interval(),
                OptionalDouble.of(reference),
                Optional.of(new Change(
                        difference,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        difference == 0
                                ? Optional.empty()
                                : MetricDirection.higherIsBetter(metric.name())
                                        .map(higher -> higher == difference > 0))));
    }

    JudgedMetric judged() {
        return metric;
    }

    /** The metric's name. */
    public String name() {
        return metric.name();
    }

    /** The champion's value. */
    public double before() {
        return metric.champion().orElseThrow();
    }

    /** This model's value. */
    public double after() {
        return metric.value();
    }

    /** What the change means, in a word such as {@code better}, {@code undecided} or {@code seems worse}. */
    public String verdict() {
        return metric.shift().map(Shift::word).orElse("");
    }
}
