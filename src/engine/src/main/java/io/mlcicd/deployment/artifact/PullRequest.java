package io.mlcicd.deployment.artifact;

import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.registry.RegistryCredentials;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an application asks for.
 *
 * @param reference a version in MLflow's model registry ({@code models:/weather@champion}), a name in a registry or folder ({@code registry.example/models/weather:production}, {@code
 *     /models:production}), a version there ({@code ...@sha256:...}), or a folder with one name
 * @param version a digest or a release, to have that instead of what the name points at
 * @param to the folder that is to hold it
 * @param key a public key whose signature it must have; empty for any
 * @param credentials for the registry; those that Docker's configuration and its helpers know when empty
 * @param mlflow the server with the model registry; empty when none is known
 */
public record PullRequest(
        String reference,
        Optional<String> version,
        Path to,
        Optional<Path> key,
        Optional<RegistryCredentials> credentials,
        Optional<MlflowServer> mlflow) {

    /** Whether a reference is one to MLflow's model registry. */
    public static boolean isInMlflow(String reference) {
        return reference.startsWith("models:");
    }
}
