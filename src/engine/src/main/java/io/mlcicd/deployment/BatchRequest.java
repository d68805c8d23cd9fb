package io.mlcicd.deployment;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A scoring run whose output is checked before it is published.
 *
 * @param model the model
 * @param name the deployment's name
 * @param baseDirectory the project's folder, in which the command runs
 * @param modelPath the model's file or folder, relative to it; empty when the command needs no {@code ${model}}
 * @param command writes {@code ${output}}; {@code ${model}} is filled in, too
 * @param output where the checked output goes, relative to the project's folder
 * @param timeout how long the command may take
 * @param env environment variables of the command; may hold secrets
 * @param check what the output must look like
 * @param known lineage so far
 * @param gates bounds on {@code batch.rows}, {@code batch.seconds} and so on
 */
public record BatchRequest(
        Model model,
        String name,
        Path baseDirectory,
        Optional<String> modelPath,
        List<String> command,
        String output,
        Duration timeout,
        Map<String, String> env,
        OutputCheck check,
        LineageRecord known,
        List<Gate> gates) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    /**
     * What a batch's output must look like, beside being readable data.
     *
     * @param minRows least number of rows; 1 when empty
     * @param columns columns it must have
     * @param maxNullShare greatest share of missing values, 0 to 1, in each of those columns (in every column when none
     *     are named); unchecked when empty
     */
    public record OutputCheck(OptionalLong minRows, List<String> columns, OptionalDouble maxNullShare) {

        /** One row of anything. */
        public static final OutputCheck ANY = new OutputCheck(OptionalLong.empty(), List.of(), OptionalDouble.empty());

        public OutputCheck {
            columns = List.copyOf(columns);
        }
    }

    public BatchRequest {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        gates = List.copyOf(gates);
    }
}
