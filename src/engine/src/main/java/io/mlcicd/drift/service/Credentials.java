package io.mlcicd.drift.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What an HTTP server asks for; secrets, which nothing shows. */
public sealed interface Credentials {

    /** The value of the header {@code Authorization}; empty for none. */
    Optional<String> header();

    /** The server asks for nothing. */
    record None() implements Credentials {

        @Override
        public Optional<String> header() {
            return Optional.empty();
        }
    }

    /** A token, as RFC 6750 has it. */
    record Bearer(String token) implements Credentials {

        @Override
        public Optional<String> header() {
            return Optional.of("Bearer " + token);
        }

        @Override
        public String toString() {
            return "a bearer token";
        }
    }

    /** A user and a password, as RFC 7617 has them. */
    record Basic(String user, String password) implements Credentials {

        @Override
        public Optional<String> header() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }

        @Override
        public String toString() {
            return "a user and a password";
        }
    }
}
