package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.Json;
import io.mlcicd.evaluation.BehaviourSpec;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.operation.Model;
import io.mlcicd.retrain.Approval;
import io.mlcicd.retrain.Condition;
import io.mlcicd.retrain.ModelProfile;
import io.mlcicd.retrain.PerformanceDrop;
import io.mlcicd.retrain.QuietHours;
import io.mlcicd.retrain.RetrainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The content of {@code mlcicd.yml} as it is written; {@link Project} adds the defaults. The keys are described in the
 * published schema, {@code mlcicd.schema.json}.
 */
record ModelFile(
        Model model,
        Map<String, DataSet> data,
        Optional<Validate> validate,
        Optional<Train> train,
        Optional<Evaluate> evaluate,
        @JsonProperty("package") Optional<PackageKeys> packaging,
        Optional<Deploy> deploy,
        Optional<DriftKeys> drift,
        Optional<Retrain> retrain,
        Optional<MlflowSection> mlflow,
        Optional<EngineKeys> engine) {

    ModelFile {
        data = orEmpty(data);
    }

    record DataSet(
            Optional<String> path,
            Optional<Jdbc> jdbc,
            Optional<String> uri,
            Optional<String> table,
            Optional<String> format,
            Optional<ReadOptions> read,
            Optional<String> contract,
            Optional<String> baseline) {}

    record Validate(OptionalInt examples, List<String> results, Optional<String> dvc) {
        Validate {
            results = orEmpty(results);
        }
    }

    record Jdbc(
            String url,
            Optional<String> table,
            Optional<String> query,
            Optional<String> userVariable,
            Optional<String> passwordVariable) {}

    record Train(
            List<String> command,
            Map<String, String> env,
            Optional<HumanDuration> timeout,
            Optional<PipelineKeys> pipeline,
            Optional<List<String>> data,
            Optional<List<String>> parameters) {
        Train {
            command = orEmpty(command);
            env = orEmpty(env);
        }
    }

    record Evaluate(
            Optional<String> predictions,
            Optional<Format> format,
            Optional<ReadOptions> read,
            Optional<String> label,
            Optional<String> prediction,
            Optional<String> score,
            Map<String, String> scores,
            Optional<String> positive,
            Map<String, Roles.LabelColumns> labels,
            Map<String, String> quantiles,
            Optional<String> query,
            Optional<String> weight,
            Optional<String> id,
            OptionalInt horizon,
            OptionalDouble threshold,
            List<Double> betas,
            List<Integer> topK,
            List<Integer> cutoffs,
            Optional<Costs> costs,
            Map<String, Custom> custom,
            List<Slice> slices,
            OptionalInt minSliceSize,
            List<String> fairness,
            Optional<WorstSlices> worstSlices,
            Optional<Intervals> intervals,
            List<Behaviour> behaviour,
            List<String> tests,
            List<String> blessings,
            Optional<String> reported,
            Optional<Endpoint> endpoint,
            Optional<ChampionKey> champion,
            Optional<String> championPredictions,
            List<String> thresholds,
            List<GateSpec> gates) {
        Evaluate {
            scores = orEmpty(scores);
            labels = orEmpty(labels);
            quantiles = orEmpty(quantiles);
            betas = orEmpty(betas);
            topK = orEmpty(topK);
            cutoffs = orEmpty(cutoffs);
            custom = orEmpty(custom);
            slices = orEmpty(slices);
            fairness = orEmpty(fairness);
            behaviour = orEmpty(behaviour);
            tests = orEmpty(tests);
            blessings = orEmpty(blessings);
            thresholds = orEmpty(thresholds);
            gates = orEmpty(gates);
        }
    }

    record Costs(
            OptionalDouble truePositive,
            OptionalDouble falsePositive,
            OptionalDouble falseNegative,
            OptionalDouble trueNegative) {}

    record Custom(String sql, Optional<String> better) {
        /** A metric may be its expression alone. */
        @JsonCreator
        Custom(String sql) {
            this(sql, Optional.empty());
        }

        @JsonCreator
        Custom(@JsonProperty("sql") String sql, @JsonProperty("better") Optional<String> better) {
            this.sql = sql;
            this.better = better == null ? Optional.empty() : better;
        }
    }

    record Slice(List<SlicePart> columns) {
        /** A slicing may be its column alone. */
        @JsonCreator
        static Slice of(JsonNode node) {
            if (node.isTextual()) {
                return new Slice(List.of(new SlicePart(node.asText(), List.of())));
            }
            List<SlicePart> parts = new ArrayList<>();
            if (node.has("columns")) {
                node.path("columns").forEach(part -> parts.add(SlicePart.of(part)));
            } else {
                parts.add(SlicePart.of(node));
            }
            return new Slice(parts);
        }
    }

    record SlicePart(String column, List<Double> bins) {
        static SlicePart of(JsonNode node) {
            if (node.isTextual()) {
                return new SlicePart(node.asText(), List.of());
            }
            List<Double> edges = new ArrayList<>();
            node.path("bins").forEach(edge -> edges.add(edge.asDouble()));
            return new SlicePart(node.path("column").asText(), edges);
        }
    }

    record WorstSlices(List<String> columns, OptionalInt depth, OptionalInt most, OptionalInt minRows) {
        WorstSlices {
            columns = orEmpty(columns);
        }
    }

    record Intervals(OptionalDouble confidence, OptionalInt resamples, OptionalLong seed) {}

    record Behaviour(
            String name,
            BehaviourSpec.Kind kind,
            String data,
            Optional<Format> format,
            Optional<ReadOptions> read,
            String original,
            String changed,
            OptionalDouble tolerance,
            OptionalDouble minShare,
            Optional<Criticality> criticality,
            Optional<String> describe) {}

    record Endpoint(
            String url,
            String cases,
            Optional<Format> format,
            Optional<ReadOptions> read,
            Optional<String> body,
            Optional<String> answer,
            Optional<String> scoreAnswer,
            Map<String, String> scoresAnswer,
            Map<String, String> headers,
            OptionalInt concurrency,
            Optional<HumanDuration> timeout,
            OptionalInt most) {
        Endpoint {
            scoresAnswer = orEmpty(scoresAnswer);
            headers = orEmpty(headers);
        }
    }

    record Verify(String key) {}

    /** How the model is released; what is different in an environment has been put in its place before. */
    record Deploy(
            Optional<String> target,
            Optional<String> name,
            Optional<String> image,
            List<String> command,
            OptionalInt port,
            Optional<String> host,
            Optional<String> traffic,
            Optional<DockerTarget> docker,
            Optional<KubernetesSection> kubernetes,
            Optional<SageMakerSection> sagemaker,
            Optional<VertexSection> vertex,
            Optional<ArtifactSection> artifact,
            Optional<Health> health,
            Optional<String> smoke,
            Map<String, String> env,
            Optional<HumanDuration> drain,
            @JsonProperty("wait") Optional<HumanDuration> waiting,
            Optional<Rollout> strategy,
            Optional<Verify> verify,
            Optional<String> approval,
            Optional<Batch> batch,
            List<GateSpec> gates) {

        /** What holds where nothing is said. */
        static final Deploy NONE = Json.mapper().convertValue(Map.of(), Deploy.class);

        Deploy {
            command = orEmpty(command);
            env = orEmpty(env);
            gates = orEmpty(gates);
        }
    }

    record DockerTarget(Optional<String> network, OptionalInt port, List<String> options) {
        DockerTarget {
            options = orEmpty(options);
        }
    }

    record Rollout(
            @JsonProperty("all-at-once") Optional<Way> allAtOnce,
            @JsonProperty("blue-green") Optional<Way> blueGreen,
            Optional<Way> canary,
            Optional<Way> shadow,
            Optional<HumanDuration> maxWait,
            Optional<String> whenQuiet,
            Optional<String> prediction,
            Optional<String> requestId,
            Optional<TruthFile> labels,
            Optional<Boolean> repeatable,
            Optional<HumanDuration> patience) {}

    record TruthFile(
            String path,
            String id,
            String label,
            @JsonProperty("wait") Optional<HumanDuration> waiting,
            OptionalLong min) {}

    record Way(
            List<Double> steps,
            Optional<HumanDuration> every,
            @JsonProperty("for") Optional<HumanDuration> duration,
            Optional<HumanDuration> watch,
            Optional<HumanDuration> keepOld,
            OptionalLong minRequests) {
        Way {
            steps = orEmpty(steps);
        }
    }

    record Health(Optional<String> path, Optional<HumanDuration> timeout) {}

    record Batch(
            List<String> command,
            String output,
            Optional<HumanDuration> timeout,
            Map<String, String> env,
            Optional<Check> check) {
        Batch {
            env = orEmpty(env);
        }
    }

    record Check(OptionalLong minRows, List<String> columns, OptionalDouble maxNullShare, Optional<String> contract) {
        Check {
            columns = orEmpty(columns);
        }
    }

    /**
     * When a new model is called for.
     *
     * @param schedule when Jenkins looks; the trigger there has it
     */
    record Retrain(
            Optional<String> schedule,
            Optional<ModelProfile> profile,
            List<Condition> when,
            OptionalDouble driftShare,
            List<String> criticalColumns,
            List<Drop> performance,
            OptionalLong newRows,
            Optional<HumanDuration> age,
            Optional<Approval> approval,
            Optional<HumanDuration> cooldown,
            Optional<QuietHours> quietHours) {
        Retrain {
            when = orEmpty(when);
            criticalColumns = orEmpty(criticalColumns);
            performance = orEmpty(performance);
        }

        /** The policy as its keys describe it. */
        RetrainSpec spec() {
            return new RetrainSpec(
                    profile,
                    when,
                    driftShare,
                    criticalColumns,
                    performance.stream().map(Drop::bound).toList(),
                    newRows,
                    age.map(HumanDuration::value),
                    approval,
                    cooldown.map(HumanDuration::value),
                    quietHours);
        }
    }

    record Drop(String metric, OptionalDouble drop, OptionalDouble relativeDrop, Optional<Boolean> higherIsBetter) {

        PerformanceDrop bound() {
            return new PerformanceDrop(
                    metric,
                    drop,
                    relativeDrop,
                    higherIsBetter
                            .or(() -> MetricDirection.higherIsBetter(metric))
                            .orElse(true));
        }
    }

    /** Jackson hands over null for a key that is not there. */
    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <V> Map<String, V> orEmpty(Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
