package io.mlcicd.registry;

import java.util.Objects;

/**
 * What a registry wants to know before it takes an image.
 *
 * @param username the user
 * @param secret the password or token; never shown
 */
public record RegistryCredentials(String username, String secret) {

    public RegistryCredentials {
        Objects.requireNonNull(username);
        Objects.requireNonNull(secret);
    }

    /** The user alone, so that no log or message shows the secret. */
    @Override
    public String toString() {
        return "RegistryCredentials[username=" + username + "]";
    }
}
