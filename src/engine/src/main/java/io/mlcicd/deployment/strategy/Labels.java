package io.mlcicd.deployment.strategy;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the truth about requests arrives that were answered already.
 *
 * @param folder the project's folder
 * @param path a CSV, TSV or JSON lines file that somebody appends to or replaces, or a glob of such files; relative to the
 *     folder
 * @param id the column with the request's id
 * @param label the column with the truth
 * @param patience how long a stage waits for enough of them, from its begin
 * @param min how many labelled answers a release must have before a gate on them is held; 1 or more
 * @param numeric whether numbers are predicted, else classes
 */
public record Labels(Path folder, String path, String id, String label, Duration patience, long min, boolean numeric) {

    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(10);

    public static final long DEFAULT_MIN = 30;
}
