package io.mlcicd.config;

import io.mlcicd.deployment.strategy.Labels;
import io.mlcicd.deployment.strategy.LiveMetrics;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.operation.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The strategy that {@code deploy.strategy} describes. */
final class Rollouts {

    private static final String POINTER = "/deploy/strategy";
    private static final List<Double> DEFAULT_STEPS = List.of(5.0, 25.0, 50.0);
    private static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);
    private static final Duration DEFAULT_SHADOW = Duration.ofMinutes(10);

    private final Project project;

    Rollouts(Project project) {
        this.project = project;
    }

    Strategy strategy(ModelFile.Deploy section) {
        if (section.strategy().isEmpty()) {
            return Strategy.ALL_AT_ONCE;
        }
        ModelFile.Rollout asked = section.strategy().get();
        requirePrediction(section, asked);
        Map<Kind, ModelFile.Way> ways = new EnumMap<>(Kind.class);
        asked.allAtOnce().ifPresent(way -> ways.put(Kind.ALL_AT_ONCE, way));
        asked.blueGreen().ifPresent(way -> ways.put(Kind.BLUE_GREEN, way));
        asked.canary().ifPresent(way -> ways.put(Kind.CANARY, way));
        asked.shadow().ifPresent(way -> ways.put(Kind.SHADOW, way));
        if (ways.size() > 1) {
            throw project.error(
                    POINTER,
                    "names more than one strategy: "
                            + String.join(
                                    ", ", ways.keySet().stream().map(Kind::key).toList()) + "; choose one");
        }
        Kind kind = ways.keySet().stream().findFirst().orElse(Kind.ALL_AT_ONCE);
        Optional<ModelFile.Way> way = Optional.ofNullable(ways.get(kind));
        Duration keepOld = way.flatMap(ModelFile.Way::keepOld)
                .map(HumanDuration::value)
                .orElse(kind == Kind.BLUE_GREEN ? Strategy.DEFAULT_KEEP_OLD : Duration.ZERO);
        Strategy strategy = new Strategy(
                kind,
                way.map(one -> stages(kind, one)).orElse(List.of()),
                keepOld,
                asked.maxWait().map(HumanDuration::value).orElse(Strategy.DEFAULT_MAX_WAIT),
                asked.whenQuiet()
                        .map(word -> WhenQuiet.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(WhenQuiet.ROLLBACK));
        if (asked.labels().isEmpty()) {
            return strategy;
        }
        requireAnswers(section);
        return strategy.with(labels(asked, asked.labels().get()));
    }

    /** Only a proxy of our own sees single answers. */
    private void requireAnswers(ModelFile.Deploy section) {
        String target = section.target().orElse("process");
        boolean local = target.equals("process") || target.equals("docker");
        if (!local || section.traffic().filter("tcp"::equals).isPresent()) {
            throw project.error(
                    POINTER + "/labels",
                    "the target '" + target + "'" + (local ? " with traffic: tcp" : "")
                            + " does not tell single answers, so no labels can be joined with them; leave the key out, or"
                            + " release to process or docker with traffic: http");
        }
    }

    private Labels labels(ModelFile.Rollout asked, ModelFile.TruthFile truth) {
        for (String key : List.of("prediction", "requestId")) {
            boolean there = (key.equals("prediction") ? asked.prediction() : asked.requestId()).isPresent();
            if (!there) {
                throw project.error(
                        POINTER + "/labels",
                        "labels are joined with answers by the request's id and its prediction; say where they are with"
                                + " deploy.strategy.requestId, such as /id or header:X-Request-Id, and"
                                + " deploy.strategy.prediction, such as /predictions/0");
            }
        }
        Task task = project.model()
                .task()
                .orElseThrow(() -> project.error("/model/task", "is needed to tell how right a prediction is"));
        if (task != Task.BINARY && task != Task.MULTICLASS && task != Task.REGRESSION) {
            throw project.error(
                    POINTER + "/labels",
                    "a model of the task " + task.key() + " has no single class or number as its prediction");
        }
        return new Labels(
                project.folder(),
                truth.path(),
                truth.id(),
                truth.label(),
                truth.waiting().map(HumanDuration::value).orElse(Labels.DEFAULT_WAIT),
                truth.min().orElse(Labels.DEFAULT_MIN),
                task == Task.REGRESSION);
    }

    private List<Stage> stages(Kind kind, ModelFile.Way way) {
        long minRequests = way.minRequests().orElse(Strategy.DEFAULT_MIN_REQUESTS);
        List<Stage> stages = new ArrayList<>();
        if (kind == Kind.CANARY) {
            Duration every = way.every().map(HumanDuration::value).orElse(DEFAULT_EVERY);
            double before = 0;
            for (double percent : way.steps().isEmpty() ? DEFAULT_STEPS : way.steps()) {
                if (percent <= before) {
                    throw project.error(POINTER + "/canary/steps", "must rise from step to step");
                }
                before = percent;
                stages.add(new Stage(percent / 100, every, minRequests));
            }
        }
        if (kind == Kind.SHADOW) {
            stages.add(new Stage(0, way.duration().map(HumanDuration::value).orElse(DEFAULT_SHADOW), minRequests));
        }
        way.watch().ifPresent(time -> stages.add(new Stage(1, time.value(), minRequests)));
        return stages;
    }

    private void requirePrediction(ModelFile.Deploy section, ModelFile.Rollout asked) {
        Optional<String> blind = section.gates().stream()
                .map(GateSpec::metric)
                .filter(metric -> metric.startsWith(LiveMetrics.PREFIX + "prediction."))
                .findFirst();
        if (blind.isPresent() && asked.prediction().isEmpty()) {
            throw project.error(
                    "/deploy/gates",
                    "a gate on '" + blind.get() + "' needs to know where in an answer the prediction is; name it with"
                            + " deploy.strategy.prediction, such as /predictions/0");
        }
    }
}
