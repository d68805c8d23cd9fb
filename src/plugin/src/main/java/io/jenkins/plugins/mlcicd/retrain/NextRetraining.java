package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.Job;
import io.mlcicd.retrain.RetrainState;
import io.mlcicd.retrain.RetrainState.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When a job's model is to be trained anew.
 *
 * @param scheduled when the trigger's schedule is due next; empty without one
 * @param proposedSince since when a start waits for a person's word
 * @param pendingSince since when a start waits for something that is in its way
 */
public record NextRetraining(
        Optional<Instant> scheduled, Optional<Instant> proposedSince, Optional<Instant> pendingSince) {

    private static final ConcurrentMap<Path, Seen> SEEN = new ConcurrentHashMap<>();

    /** What was in a file when it was like that; lists of many jobs must not read all of it for each page. */
    private record Seen(FileTime time, long size, Optional<Instant> proposed, Optional<Instant> pending) {}

    /** That of a job. */
    public static NextRetraining of(Job<?, ?> job) {
        Optional<Instant> next = Retraining.of(job).trigger().flatMap(RetrainTrigger::nextTime);
        Optional<Seen> seen = seen(job);
        return new NextRetraining(next, seen.flatMap(Seen::proposed), seen.flatMap(Seen::pending));
    }

    private static Optional<Seen> seen(Job<?, ?> job) {
        RetrainMemory memory = new RetrainMemory(job);
        Path file = memory.file();
        try {
            FileTime time = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Seen known = SEEN.get(file);
            if (known == null || !known.time().equals(time) || known.size() != size) {
                RetrainState state = memory.read().state();
                known = new Seen(
                        time,
                        size,
                        state.proposal().map(Waiting::since),
                        state.pending().map(Waiting::since));
                SEEN.put(file, known);
            }
            return Optional.of(known);
        } catch (IOException e) {
            // The job was never retrained.
            SEEN.remove(file);
            return Optional.empty();
        }
    }
}
