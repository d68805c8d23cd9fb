package io.mlcicd.deployment;

import io.mlcicd.deployment.RecordEntry.Event;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import java.util.List;
import java.util.Optional;

/** Finds what a run left that was killed, has the target finish or undo it, and completes the record. */
final class Recovery {

    private final Target target;
    private final DeploymentRecord record;

    Recovery(Target target, DeploymentRecord record) {
        this.target = target;
        this.record = record;
    }

    /** What was found and done, in a sentence; empty when nothing was found. Only for the holder of the lock. */
    Optional<String> run() throws InterruptedException {
        Optional<String> undone = target.recover();
        Optional<RecordEntry> unfinished = record.unfinished();
        if (unfinished.isEmpty()) {
            return undone;
        }
        RecordEntry begun = unfinished.get();
        String release = begun.release().orElse("");
        boolean serves = undone.isEmpty()
                && target.status()
                        .map(ServingState::release)
                        .filter(release::equals)
                        .isPresent();
        String found = serves
                ? "a command was killed after release " + release + " was confirmed; it serves"
                : "a command was killed while it released " + release + "; that release was undone";
        record.add(begun.as(serves ? Event.CONFIRMED : Event.ROLLED_BACK, List.of(), Optional.of(found)));
        return Optional.of(undone.map(sentence -> found + " (" + sentence + ")").orElse(found));
    }
}
