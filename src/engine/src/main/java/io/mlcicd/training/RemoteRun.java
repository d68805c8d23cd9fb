package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A run of a pipeline somewhere else. */
interface RemoteRun {

    /** How far a run is. */
    enum Phase {
        RUNNING,
        SUCCEEDED,
        FAILED,
        STOPPED
    }

    /**
     * A step of a run.
     *
     * @param name the step's name
     * @param key tells it from others of the same name, such as those of a loop
     * @param group whether it holds other steps, so that its failure only says that one of them failed
     * @param state in the system's own word
     * @param failed whether it has failed
     * @param reason why
     */
    record Step(String name, String key, boolean group, String state, boolean failed, Optional<String> reason) {}

    /**
     * A run as it stands.
     *
     * @param steps those that have begun
     * @param reason why it failed
     */
    record State(Phase phase, List<Step> steps, Optional<String> reason) {
        public State {
            steps = List.copyOf(steps);
        }
    }

    /** What runs, as a person calls it: "the SageMaker pipeline churn". */
    String what();

    /** Starts it, once, whatever becomes of the answer. */
    void start() throws InterruptedException;

    /** The run's name in its own system; known once it has started. */
    String id();

    /** Where a person sees it; where to look for it, if its start was not answered. */
    String link();

    /** Looks how far it is. */
    State look() throws InterruptedException;

    /** Asks for its end; of a run whose start was not answered, as far as it can be found. */
    void stop() throws InterruptedException;

    /** The metrics of a run that succeeded, as JSON; empty when it has none. */
    Optional<JsonNode> metrics() throws InterruptedException;
}
