package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Job;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a job's trigger has done last; a file beside the job, so that neither a restart nor a new configuration makes it
 * react twice.
 */
final class RetrainMemory {

    private static final String FILE = "ml-cicd-retrain.json";

    private final Path file;

    RetrainMemory(Job<?, ?> job) {
        this.file = job.getRootDir().toPath().resolve(FILE);
    }

    /** When the trigger last started a build. */
    Optional<Instant> started() {
        String started = content().path("started").asText();
        try {
            return started.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(started));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether the trigger has reacted to this drift check. */
    boolean knows(String driftCheck) {
        return content().path("driftCheck").asText().equals(driftCheck);
    }

    void remember(Instant started, Optional<String> driftCheck) {
        ObjectNode content = Json.mapper().createObjectNode().put("started", started.toString());
        String last = content().path("driftCheck").asText();
        content.put("driftCheck", driftCheck.orElse(last));
        AtomicFiles.write(file, Json.write(content));
    }

    private JsonNode content() {
        if (!Files.exists(file)) {
            return Json.mapper().createObjectNode();
        }
        try {
            return Json.read(file);
        } catch (InvalidInputException e) {
            // A file that somebody broke: to start a build once more is better than never again.
            return Json.mapper().createObjectNode();
        }
    }
}
