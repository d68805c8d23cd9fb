package io.mlcicd.config;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.Spelling;
import io.mlcicd.evaluation.BehaviourSpec;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.CustomMetric;
import io.mlcicd.evaluation.EndpointSpec;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.EvaluationRequest.Judged;
import io.mlcicd.evaluation.NamedFile;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.evaluation.SliceSpec;
import io.mlcicd.evaluation.Slicing;
import io.mlcicd.evaluation.imports.ImportedThresholds;
import io.mlcicd.evaluation.imports.MetricNames;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the section {@code evaluate} asks, with the defaults filled in. */
final class Evaluations {

    private final Project project;
    private final Function<String, String> environment;

    Evaluations(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    EvaluationRequest request(LineageRecord known, Optional<ChampionSource> released, Optional<Path> keep) {
        ModelFile.Evaluate section = project.require(
                project.file().evaluate(), "evaluate", "where the predictions, or other things to judge by, are");
        Map<String, CustomMetric> custom = custom(section);
        return new EvaluationRequest(
                project.model(),
                judged(section),
                roles(section),
                options(section),
                custom,
                slicing(section),
                section.intervals().map(Evaluations::confidence).orElse(Confidence.DEFAULT),
                behaviour(section),
                section.tests().stream().map(this::file).toList(),
                section.blessings().stream().map(this::file).toList(),
                gates(section, custom),
                champion(section).or(() -> released),
                keep,
                known);
    }

    private static MetricOptions options(ModelFile.Evaluate section) {
        return new MetricOptions(
                section.threshold(),
                section.betas(),
                section.topK(),
                section.cutoffs(),
                section.costs().map(Evaluations::costs));
    }

    /** What of the metrics is chosen. */
    MetricOptions options() {
        return options(section());
    }

    /** Which column of predictions is what. */
    Roles roles() {
        return roles(section());
    }

    private ModelFile.Evaluate section() {
        return project.require(project.file().evaluate(), "evaluate", "which columns of the predictions are what");
    }

    private Judged judged(ModelFile.Evaluate section) {
        if (section.reported().isPresent()) {
            return new Judged.Reported(
                    project.model().task(), file(section.reported().get()));
        }
        Task task = project.model()
                .task()
                .orElseThrow(() -> project.error("/model/task", "is needed to evaluate: say one of " + Task.keys()));
        return section.endpoint()
                .<Judged>map(endpoint -> new Judged.Service(task, endpoint(endpoint)))
                .orElseGet(() -> new Judged.Predictions(
                        task,
                        source("predictions", section.predictions().orElseThrow(), section.format(), section.read())));
    }

    private EndpointSpec endpoint(ModelFile.Endpoint section) {
        return new EndpointSpec(
                section.url(),
                source("cases", section.cases(), section.format(), section.read()),
                section.body(),
                section.answer(),
                section.scoreAnswer(),
                section.scoresAnswer(),
                Variables.fill(project, "/evaluate/endpoint/headers", section.headers(), environment),
                section.concurrency().orElse(EndpointSpec.DEFAULT_CONCURRENCY),
                section.timeout().map(HumanDuration::value).orElse(EndpointSpec.DEFAULT_TIMEOUT),
                section.most().orElse(EndpointSpec.DEFAULT_MOST));
    }

    private DataSource source(String name, String path, Optional<Format> format, Optional<ReadOptions> read) {
        ReadOptions options = read.orElse(ReadOptions.SNIFFED);
        return Project.isUri(path)
                ? Project.onCluster(name, path, format.map(Format::key), options)
                : FileSource.below(project.folder(), name, path, format, options);
    }

    private NamedFile file(String path) {
        return new NamedFile(project.resolve(path), path);
    }

    private Roles roles(ModelFile.Evaluate section) {
        Map<Double, String> quantiles = new LinkedHashMap<>();
        section.quantiles().forEach((level, column) -> quantiles.put(level(level), column));
        return new Roles(
                section.label(),
                section.prediction(),
                section.score(),
                section.scores(),
                section.positive(),
                section.labels(),
                quantiles,
                section.query(),
                section.weight(),
                section.id(),
                section.horizon());
    }

    private double level(String text) {
        double level;
        try {
            level = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            level = Double.NaN;
        }
        if (!(level > 0 && level < 1)) {
            throw project.error(
                    "/evaluate/quantiles/" + text, "is no level; write a number between 0 and 1, such as 0.9");
        }
        return level;
    }

    private static MetricOptions.Costs costs(ModelFile.Costs costs) {
        return new MetricOptions.Costs(
                costs.truePositive().orElse(0),
                costs.falsePositive().orElse(0),
                costs.falseNegative().orElse(0),
                costs.trueNegative().orElse(0));
    }

    private static Map<String, CustomMetric> custom(ModelFile.Evaluate section) {
        Map<String, CustomMetric> custom = new LinkedHashMap<>();
        section.custom()
                .forEach((name, metric) -> custom.put(
                        name, new CustomMetric(metric.sql(), metric.better().map("higher"::equals))));
        return custom;
    }

    private Slicing slicing(ModelFile.Evaluate section) {
        List<SliceSpec> slices = new ArrayList<>();
        for (int i = 0; i < section.slices().size(); i++) {
            slices.add(slice("/evaluate/slices/" + i, section.slices().get(i)));
        }
        List<String> names = slices.stream().map(SliceSpec::name).toList();
        for (int i = 0; i < section.fairness().size(); i++) {
            String name = section.fairness().get(i);
            if (!names.contains(name)) {
                throw project.error(
                        "/evaluate/fairness/" + i,
                        "'%s' is not among the slices%s: %s"
                                .formatted(
                                        name,
                                        Spelling.hint(name, names),
                                        names.isEmpty() ? "there are none" : String.join("; ", names)));
            }
        }
        int minSize = section.minSliceSize().orElse(Slicing.DEFAULT_MIN_SIZE);
        return new Slicing(
                slices,
                minSize,
                section.fairness(),
                section.worstSlices()
                        .map(search -> new Slicing.Search(
                                search.columns(),
                                search.depth().orElse(Slicing.Search.DEFAULT.depth()),
                                search.most().orElse(Slicing.Search.DEFAULT.most()),
                                search.minRows().orElse(minSize))));
    }

    private SliceSpec slice(String pointer, ModelFile.Slice slice) {
        List<SliceSpec.Part> parts = new ArrayList<>();
        for (ModelFile.SlicePart part : slice.columns()) {
            if (part.column().isEmpty()) {
                throw project.error(pointer, "names no column; give 'column' or 'columns'");
            }
            for (int i = 1; i < part.bins().size(); i++) {
                if (!(part.bins().get(i - 1) < part.bins().get(i))) {
                    throw project.error(pointer, "has bins that do not rise: " + part.bins());
                }
            }
            parts.add(new SliceSpec.Part(part.column(), part.bins()));
        }
        return new SliceSpec(parts);
    }

    private static Confidence confidence(ModelFile.Intervals intervals) {
        return new Confidence(
                intervals.confidence().orElse(Confidence.DEFAULT.level()),
                intervals.resamples().orElse(Confidence.DEFAULT.resamples()),
                intervals.seed().orElse(Confidence.DEFAULT.seed()));
    }

    private List<BehaviourSpec> behaviour(ModelFile.Evaluate section) {
        return section.behaviour().stream()
                .map(test -> new BehaviourSpec(
                        test.name(),
                        test.kind(),
                        source(test.name(), test.data(), test.format(), test.read()),
                        test.original(),
                        test.changed(),
                        test.tolerance().orElse(0),
                        test.minShare().orElse(1),
                        test.criticality().orElse(Criticality.FAILURE),
                        test.describe()))
                .toList();
    }

    private Optional<ChampionSource> champion(ModelFile.Evaluate section) {
        Optional<String> document = section.champion().flatMap(ChampionKey::document);
        if (document.isEmpty() && section.championPredictions().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ChampionSource(
                document.map(project::resolve),
                section.championPredictions()
                        .map(path -> source("championPredictions", path, Optional.empty(), section.read())),
                false));
    }

    private List<Gate> gates(ModelFile.Evaluate section, Map<String, CustomMetric> custom) {
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < section.gates().size(); i++) {
            GateSpec spec = section.gates().get(i);
            gates.addAll(spec.gates());
            if (spec.notWorseThanChampion().isPresent()) {
                gates.add(spec.nonInferiority(higherIsBetter("/evaluate/gates/" + i, spec.metric(), custom))
                        .orElseThrow());
            }
        }
        MetricNames names = section.reported().isPresent()
                ? MetricNames.AS_WRITTEN
                : MetricNames.of(project.model().task());
        for (String path : section.thresholds()) {
            gates.addAll(ImportedThresholds.read(project.resolve(path), path, names));
        }
        return gates;
    }

    private boolean higherIsBetter(String pointer, String metric, Map<String, CustomMetric> custom) {
        Optional<Boolean> known = custom.containsKey(metric)
                ? custom.get(metric).higherIsBetter()
                : MetricDirection.higherIsBetter(metric);
        return known.orElseThrow(() -> project.error(
                pointer,
                "nobody knows which way '%s' is worse; say 'better: higher' or 'better: lower' where it is defined"
                                .formatted(metric)
                        + " under 'custom', or give minChangeVsChampion or maxChangeVsChampion"));
    }
}
