package io.mlcicd.packaging.docker;

import io.mlcicd.docker.DockerCommand;
import java.util.Optional;

/**
 * What a Docker daemon does for packaging.
 *
 * @param command how it is reached, for building and for trying what was built
 * @param builds whether it builds the image; else the image is put together without it
 * @param dockerfile the Dockerfile to build from, relative to the project's folder; empty to generate one
 */
public record DockerUse(DockerCommand command, boolean builds, Optional<String> dockerfile) {

    /** Nothing is built by Docker; one on the PATH may try what was built. */
    public static final DockerUse DAEMONLESS = new DockerUse(DockerCommand.onPath(), false, Optional.empty());
}
