package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.gate.GateResult;
import io.mlcicd.operation.Result;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The document of an evaluation, read once for all who draw it.
 *
 * @param document the document
 * @param details its details
 */
record Evaluation(Result<JsonNode> document, EvaluationDetails details) {

    static Evaluation of(Result<JsonNode> document) {
        return new Evaluation(document, StageSections.bind(document.details(), EvaluationDetails.class));
    }

    /** All metrics in the document's order. */
    List<JudgedMetric> metrics() {
        return document.metrics().keySet().stream()
                .filter(name -> !name.equals("rows"))
                .map(this::metric)
                .toList();
    }

    /** The metrics to be told first: those that tell most of the task, then those with gates. */
    List<JudgedMetric> main(int most) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> known = new LinkedHashSet<>(document.metrics().keySet());
        known.remove("rows");
        MainMetrics.of(details.task(), known).stream().limit(most).forEach(names::add);
        document.gates().stream()
                .map(GateResult::gate)
                .filter(gate -> gate.slice().isEmpty())
                .map(gate -> gate.metric())
                .filter(known::contains)
                .filter(name -> !name.startsWith("behaviour.") && !name.startsWith("fairness."))
                .forEach(names::add);
        return names.stream().limit(most + most / 2).map(this::metric).toList();
    }

    private JudgedMetric metric(String name) {
        double value = document.metrics().get(name);
        Optional<Double> champion = details.champion().map(Champion::metrics).map(metrics -> metrics.get(name));
        return new JudgedMetric(
                name,
                value,
                interval(name),
                champion.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                champion.map(reference -> change(name, value - reference)));
    }

    Optional<MetricInterval> interval(String metric) {
        return Optional.ofNullable(details.intervals().get(metric));
    }

    /** Documents that tell no changes have the two values alone. */
    private Change change(String name, double difference) {
        Change told = details.champion().orElseThrow().changes().get(name);
        if (told != null) {
            return told;
        }
        return new Change(
                difference,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                difference == 0
                        ? Optional.empty()
                        : MetricDirection.higherIsBetter(name).map(higher -> higher == difference > 0));
    }

    /** The metric of a slice. */
    static JudgedMetric metric(SliceMetrics slice, String name) {
        Map<String, MetricInterval> intervals = slice.intervals();
        return JudgedMetric.alone(name, slice.metrics().get(name), Optional.ofNullable(intervals.get(name)));
    }

    /** The confidence of all intervals, such as {@code 95 %}. */
    String confidence() {
        double percent = Math.round(details.confidence() * 1000) / 10.0;
        return (percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent)) + " %";
    }

    /** What stands above a column of intervals. */
    String intervalHead() {
        return details.confidence() > 0 ? confidence() + " interval" : "Interval";
    }
}
