package io.mlcicd.registry;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Says in one sentence what went wrong with a registry and what to do about it. Where a library's message or a cause
 * behind it may hold what was sent, it is left out: it could be a secret.
 *
 * @param doing what was done, such as "push registry.example/weather:1"
 * @param registry host and port
 * @param given the credentials the user gave for it
 */
public record RegistryFailure(String doing, String registry, Optional<RegistryCredentials> given) {

    private static final int FORBIDDEN = 403;
    private static final int LONGEST_CHAIN = 20;

    /**
     * The exception to throw. A registry that cannot be reached is {@linkplain InvalidInputException bad input}, for its
     * name is wrong far more often than its network is down; one that answers and refuses is an outside system's failure.
     */
    public RuntimeException because(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            Optional<String> known = sentence(cause);
            if (known.isPresent()) {
                String message = "cannot %s: %s".formatted(doing, known.get());
                return cause instanceof UnknownHostException || cause instanceof SocketException
                        ? new InvalidInputException(message)
                        : new OutsideSystemException(message);
            }
            cause = cause.getCause();
        }
        return new OutsideSystemException("cannot %s: %s".formatted(doing, oneLine(failure)), failure);
    }

    private Optional<String> sentence(Throwable cause) {
        if (cause instanceof RegistryCredentialsNotSentException) {
            return Optional.of(("the registry %s speaks plain http, so the password was not sent;"
                            + " let it speak https (or, on a network you trust, start Java with -DsendCredentialsOverHttp=true)")
                    .formatted(registry));
        }
        if (cause instanceof RegistryUnauthorizedException || cause instanceof RegistryAuthenticationFailedException) {
            return authentication(cause);
        }
        if (cause instanceof CredentialRetrievalException) {
            return Optional.of(
                    ("the credentials for %s could not be read; check Docker's config.json and the credential"
                                    + " helper it names, or give user name and password")
                            .formatted(registry));
        }
        if (cause instanceof InsecureRegistryException) {
            return Optional.of(("the registry %s speaks plain http, or this Java does not trust its certificate;"
                            + " import the certificate, or set allowInsecureRegistries if you trust the network")
                    .formatted(registry));
        }
        if (cause instanceof RegistryException) {
            return Optional.of("the registry %s refused: %s".formatted(registry, oneLine(cause)));
        }
        if (cause instanceof UnknownHostException) {
            return Optional.of("there is no host %s; check the image's name".formatted(registry));
        }
        if (cause instanceof SocketTimeoutException) {
            return Optional.of("the registry %s did not answer in time; check the network and its proxy settings"
                    .formatted(registry));
        }
        if (cause instanceof SocketException) {
            return Optional.of("no connection to the registry %s (%s); check that it runs and that the port is right"
                    .formatted(registry, oneLine(cause)));
        }
        return Optional.empty();
    }

    /** Without an answer of the registry, the cause behind tells more: the token server may be out of reach. */
    private Optional<String> authentication(Throwable cause) {
        if (!(cause.getCause() instanceof ResponseException response)) {
            return cause.getCause() == null
                    ? Optional.of("the registry %s gave no token to log in with".formatted(registry))
                    : Optional.empty();
        }
        if (response.getStatusCode() == FORBIDDEN) {
            return Optional.of("the registry %s does not allow it%s (403); ask for the right to, or check the name"
                    .formatted(
                            registry,
                            given.map(who -> " to the user " + who.username()).orElse("")));
        }
        return Optional.of(given.map(who -> "the registry %s refused the user name %s or its password (401)"
                        .formatted(registry, who.username()))
                .orElseGet(() -> ("the registry %s asks for a user name and a password (401);"
                                + " give them, or run: docker login %s")
                        .formatted(registry, registry)));
    }

    /** The failure's own words in one line. */
    public static String oneLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.replaceFirst("(?s)\\s*\\| If this is a bug, .*", "")
                .strip()
                .replaceAll("\\s*\\R\\s*", "; ");
    }
}
