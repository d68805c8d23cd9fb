package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.operation.Model;
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
        @JsonProperty("package") Optional<Packaging> packaging,
        Optional<Deploy> deploy,
        Optional<Drift> drift,
        Optional<Retrain> retrain) {

    ModelFile {
        data = orEmpty(data);
    }

    record DataSet(
            Optional<String> path,
            Optional<Jdbc> jdbc,
            Optional<Format> format,
            Optional<ReadOptions> read,
            Optional<String> contract,
            Optional<String> baseline) {}

    record Validate(OptionalInt examples) {}

    record Jdbc(
            String url,
            Optional<String> table,
            Optional<String> query,
            Optional<String> userVariable,
            Optional<String> passwordVariable) {}

    record Train(List<String> command, Map<String, String> env, Optional<HumanDuration> timeout) {
        Train {
            env = orEmpty(env);
        }
    }

    record Evaluate(
            String predictions,
            Optional<Format> format,
            String label,
            Optional<String> prediction,
            Optional<String> score,
            Map<String, String> scores,
            Optional<String> positive,
            List<String> slices,
            OptionalInt minSliceSize,
            Optional<String> champion,
            List<GateSpec> gates) {
        Evaluate {
            scores = orEmpty(scores);
            slices = orEmpty(slices);
            gates = orEmpty(gates);
        }
    }

    record Packaging(
            String model,
            List<String> files,
            String image,
            Optional<String> base,
            List<String> command,
            Map<String, String> env,
            Optional<String> platform,
            Optional<String> output,
            boolean push,
            Optional<Credentials> credentials,
            List<GateSpec> gates) {
        Packaging {
            files = orEmpty(files);
            command = orEmpty(command);
            env = orEmpty(env);
            gates = orEmpty(gates);
        }
    }

    record Credentials(String usernameVariable, String passwordVariable) {}

    record Deploy(
            Optional<String> target,
            Optional<String> name,
            List<String> command,
            OptionalInt port,
            Optional<String> host,
            Optional<Health> health,
            Optional<String> smoke,
            Map<String, String> env,
            Optional<HumanDuration> drain,
            Optional<Batch> batch,
            List<GateSpec> gates) {
        Deploy {
            command = orEmpty(command);
            env = orEmpty(env);
            gates = orEmpty(gates);
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

    record Check(OptionalLong minRows, List<String> columns, OptionalDouble maxNullShare) {
        Check {
            columns = orEmpty(columns);
        }
    }

    record Drift(
            String reference,
            String current,
            List<String> columns,
            List<String> exclude,
            Optional<ColumnTest> columnTest,
            List<GateSpec> gates) {
        Drift {
            columns = orEmpty(columns);
            exclude = orEmpty(exclude);
            gates = orEmpty(gates);
        }
    }

    record ColumnTest(String method, OptionalDouble threshold) {}

    record Retrain(Optional<String> schedule, List<String> when, Optional<HumanDuration> cooldown) {
        Retrain {
            when = orEmpty(when);
        }
    }

    /** Jackson hands over null for a key that is not there. */
    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <V> Map<String, V> orEmpty(Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
