package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.retrain.DecisionLog;
import io.mlcicd.retrain.RetrainState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is known of a job's retrainings; a file beside the job, so that neither a restart nor a new configuration loses it. */
final class RetrainMemory {

    private static final Logger LOGGER = Logger.getLogger(RetrainMemory.class.getName());
    private static final String FILE = "ml-cicd-retrain.json";

    private final Path file;

    RetrainMemory(Job<?, ?> job) {
        this.file = job.getRootDir().toPath().resolve(FILE);
    }

    /**
     * The file's content.
     *
     * @param state what the next decision must know
     * @param log the decisions that were made
     * @param request the step that asked for a retraining, as long as it waits
     */
    record Content(RetrainState state, DecisionLog log, Optional<Request> request) {

        static final Content EMPTY = new Content(RetrainState.NONE, DecisionLog.NONE, Optional.empty());

        Content {
            state = state == null ? RetrainState.NONE : state;
            log = log == null ? DecisionLog.NONE : log;
        }

        /** A step's request is over when nothing waits any more. */
        Content with(RetrainState other) {
            boolean waits = other.isOpen() || other.proposal().isPresent();
            return new Content(other, log, request.filter(asked -> waits));
        }

        Content with(DecisionLog other) {
            return new Content(state, other, request);
        }

        Content with(Optional<Request> other) {
            return new Content(state, log, other);
        }
    }

    /**
     * A step that asked for a retraining.
     *
     * @param job full name of the job it ran in, whose drift checks count
     * @param parameters what to hand to the retraining build, one {@code name=value} a line
     */
    record Request(String job, String parameters) {}

    Path file() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    Content read() {
        if (!exists()) {
            return Content.EMPTY;
        }
        try {
            JsonNode tree = Json.read(file);
            return Json.mapper().treeToValue(tree, Content.class);
        } catch (InvalidInputException | JsonProcessingException e) {
            // A file that somebody broke: to start a build once more is better than never again.
            LOGGER.log(Level.WARNING, e, () -> "cannot read " + file + ", so earlier retrainings are forgotten");
            return Content.EMPTY;
        }
    }

    void write(Content content) {
        AtomicFiles.write(file, Json.write(content));
    }
}
