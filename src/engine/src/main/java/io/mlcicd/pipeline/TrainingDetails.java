package io.mlcicd.pipeline;

import java.util.List;

/**
 * What training adds to its result document.
 *
 * @param command the command that was run
 * @param output the last lines it printed
 */
public record TrainingDetails(List<String> command, List<String> output) {}
