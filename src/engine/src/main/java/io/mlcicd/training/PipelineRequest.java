package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A run of a pipeline to be started and waited for.
 *
 * @param settings which one
 * @param parameters of the run, by name; may hold secrets, so they are never shown
 * @param metrics file that the run's metrics are written to as JSON; empty when nobody needs them
 * @param timeout how long the run may take; it is stopped then
 */
public record PipelineRequest(
        PipelineSettings settings, Map<String, JsonNode> parameters, Optional<Path> metrics, Duration timeout) {

    /** How long a run may take unless something else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(24);

    public PipelineRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Leaves the parameters' values out. */
    @Override
    public String toString() {
        return "PipelineRequest[" + settings + ", " + parameters.keySet() + "]";
    }
}
