package io.mlcicd.deployment.target;

import io.mlcicd.lineage.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to serve. Targets that run programs need {@code folder} and {@code command}, those that run containers
 * {@code image}; what they do not need they do not look at.
 *
 * @param id twelve hexadecimal digits of the content's digest; the same content has the same id everywhere
 * @param model the model, by content
 * @param folder a copy of the model and its files that nobody changes; empty for a release that is an image only
 * @param modelPath the model's file or folder, relative to that folder
 * @param image the image by digest, {@code repository@sha256:...}; or by tag where it has no digest, as one that is not in
 *     a registry; empty for a release without an image
 * @param archive a file with that image, for targets that take one; empty when there is none
 * @param command what starts the service, with its placeholders; empty when the image knows
 * @param env environment variables of the service; may hold secrets, so they go into no file that stays
 * @param health how it shows that it is ready
 * @param approvedBy who approved it; empty when nobody was asked
 */
public record NewRelease(
        String id,
        Artifact model,
        Optional<Path> folder,
        String modelPath,
        Optional<String> image,
        Optional<Path> archive,
        List<String> command,
        Map<String, String> env,
        HealthCheck health,
        Optional<String> approvedBy) {

    public NewRelease {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }

    /** A release that nobody was asked about. */
    public NewRelease(
            String id,
            Artifact model,
            Optional<Path> folder,
            String modelPath,
            Optional<String> image,
            Optional<Path> archive,
            List<String> command,
            Map<String, String> env,
            HealthCheck health) {
        this(id, model, folder, modelPath, image, archive, command, env, health, Optional.empty());
    }

    /** Names the variables only, for their values may be secrets. */
    @Override
    public String toString() {
        return "NewRelease[id=" + id + ", image=" + image + ", command=" + command + ", env=" + env.keySet() + "]";
    }
}
