package io.mlcicd.deployment;

import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks a person whether a release may be made; the command asks on a terminal, Jenkins by an input. */
@FunctionalInterface
public interface Approval {

    /** Nobody can be asked, so what needs an approval is refused. */
    Approval NOBODY = question -> {
        throw new InvalidInputException(("releasing to '%s' needs an approval, and there is nobody to ask; name who"
                        + " approved it with --approved-by NAME")
                .formatted(question.environment().orElse(question.deployment())));
    };

    /**
     * Asks, for as long as it takes.
     *
     * @throws InterruptedException when the asking was called off; nothing has changed then
     */
    Answer ask(Question question) throws InterruptedException;

    /**
     * What is to be approved.
     *
     * @param deployment the deployment's name
     * @param environment where to; empty without environments
     * @param release the release's id
     * @param model the model, by content
     * @param serving the release that serves now
     * @param changes what would change
     */
    record Question(
            String deployment,
            Optional<String> environment,
            String release,
            Artifact model,
            Optional<String> serving,
            List<PlannedChange> changes) {

        public Question {
            changes = List.copyOf(changes);
        }
    }

    /**
     * An answer.
     *
     * @param granted whether it may be released
     * @param by who says so
     * @param at when
     */
    record Answer(boolean granted, String by, Instant at) {}
}
