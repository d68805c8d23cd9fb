package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link EvaluateModel} is asked.
 *
 * @param model the model
 * @param judged what is judged
 * @param roles which column is what
 * @param options what of the metrics can be chosen
 * @param custom metrics of the user's own, by name
 * @param slicing which groups of rows are looked at by themselves
 * @param confidence how confidence intervals are made
 * @param behaviour behavioural tests
 * @param tests JUnit XML results of the model's own tests
 * @param blessings folders in which TFX's Evaluator and InfraValidator say whether they bless the model
 * @param gates what decides
 * @param champion what is compared with
 * @param keep folder where the judged columns are kept for later comparisons; empty to keep none
 * @param known lineage so far
 */
public record EvaluationRequest(
        Model model,
        Judged judged,
        Roles roles,
        MetricOptions options,
        Map<String, CustomMetric> custom,
        Slicing slicing,
        Confidence confidence,
        List<BehaviourSpec> behaviour,
        List<NamedFile> tests,
        List<NamedFile> blessings,
        List<Gate> gates,
        Optional<ChampionSource> champion,
        Optional<Path> keep,
        LineageRecord known) {

    /** What is judged. */
    public sealed interface Judged {

        /** Predictions in a file. */
        record Predictions(Task task, DataSource data) implements Judged {}

        /** Numbers that a training script wrote, for gates only; the task need not be known. */
        record Reported(Optional<Task> task, NamedFile file) implements Judged {}

        /** The answers of a live service. */
        record Service(Task task, EndpointSpec endpoint) implements Judged {}
    }

    public EvaluationRequest {
        custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
        behaviour = List.copyOf(behaviour);
        tests = List.copyOf(tests);
        blessings = List.copyOf(blessings);
        gates = List.copyOf(gates);
    }

    /** An evaluation with nothing chosen. */
    public static EvaluationRequest of(Model model, Judged judged, Roles roles) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                MetricOptions.DEFAULT,
                Map.of(),
                Slicing.NONE,
                Confidence.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                LineageRecord.EMPTY);
    }

    /** An evaluation of predictions in a column, with nothing else asked for. */
    public static EvaluationRequest of(
            Model model, Task task, DataSource predictions, String label, String prediction) {
        return of(
                model,
                new Judged.Predictions(task, predictions),
                Roles.NONE.withLabel(label).withPrediction(prediction));
    }

    public EvaluationRequest withRoles(Roles value) {
        return new EvaluationRequest(
                model,
                judged,
                value,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withOptions(MetricOptions value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                value,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withCustom(Map<String, CustomMetric> value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                value,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withSlicing(Slicing value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                value,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withConfidence(Confidence value) {
        return new EvaluationRequest(
                model, judged, roles, options, custom, slicing, value, behaviour, tests, blessings, gates, champion,
                keep, known);
    }

    public EvaluationRequest withBehaviour(List<BehaviourSpec> value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                value,
                tests,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withTests(List<NamedFile> value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                value,
                blessings,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withBlessings(List<NamedFile> value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                value,
                gates,
                champion,
                keep,
                known);
    }

    public EvaluationRequest withGates(Gate... all) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                List.of(all),
                champion,
                keep,
                known);
    }

    public EvaluationRequest withChampion(ChampionSource value) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                Optional.of(value),
                keep,
                known);
    }

    public EvaluationRequest withKeep(Path file) {
        return new EvaluationRequest(
                model,
                judged,
                roles,
                options,
                custom,
                slicing,
                confidence,
                behaviour,
                tests,
                blessings,
                gates,
                champion,
                Optional.of(file),
                known);
    }

    /** Slices by the values of columns. */
    public EvaluationRequest withSlices(int minSize, String... columns) {
        return withSlicing(new Slicing(
                Arrays.stream(columns).map(SliceSpec::of).toList(), minSize, slicing.fairness(), slicing.search()));
    }
}
