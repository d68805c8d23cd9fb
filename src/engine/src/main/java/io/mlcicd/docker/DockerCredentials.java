package io.mlcicd.docker;

import java.util.Objects;

/**
 * Who logs in to a registry.
 *
 * @param registry host and port; {@code registry-1.docker.io} and {@code docker.io} stand for Docker Hub
 * @param username the user
 * @param secret password or token; never shown
 */
public record DockerCredentials(String registry, String username, String secret) {

    public DockerCredentials {
        Objects.requireNonNull(registry);
        Objects.requireNonNull(username);
        Objects.requireNonNull(secret);
    }

    /** Registry and user alone, so that no log or message shows the secret. */
    @Override
    public String toString() {
        return "DockerCredentials[registry=" + registry + ", username=" + username + "]";
    }
}
