package io.mlcicd.retrain;

/**
 * How it stands with the job that would train the model.
 *
 * @param enabled whether it can be built at all
 * @param running whether a build of it is queued or running
 */
public record Situation(boolean enabled, boolean running) {}
