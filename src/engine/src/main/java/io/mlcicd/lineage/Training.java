package io.mlcicd.lineage;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the model was made.
 *
 * @param command the training command with its arguments
 * @param seconds wall-clock time it took; empty when ml-cicd did not run it itself
 */
public record Training(List<String> command, OptionalDouble seconds) {}
