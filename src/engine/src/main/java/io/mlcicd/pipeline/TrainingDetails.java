package io.mlcicd.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What training adds to its result document.
 *
 * @param command the command that was run, or what stands for a pipeline elsewhere
 * @param output the last lines that it printed, or what became of the pipeline's steps
 * @param pipeline the run of a pipeline that trained elsewhere; empty for a command
 */
public record TrainingDetails(List<String> command, List<String> output, Optional<String> pipeline) {

    /** What a command adds. */
    TrainingDetails(List<String> command, List<String> output) {
        this(command, output, Optional.empty());
    }
}
