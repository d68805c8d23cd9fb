package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.signature.SigningKey;
import java.util.Optional;

/**
 * A release as a versioned artifact that applications pull.
 *
 * @param place where it is published
 * @param signing what it is signed with; empty for no signature
 * @param model the model's name
 * @param environment the environment; empty without environments
 * @param by who publishes
 */
public record ArtifactSettings(
        ArtifactPlace place, Optional<Signing> signing, String model, Optional<String> environment, String by)
        implements TargetSettings {

    /** The word for it in {@code deploy.target}. */
    public static final String KIND = "artifact";

    /** A private key that is opened when it is needed: a status or a rollback signs nothing. */
    @FunctionalInterface
    public interface Signing {
        SigningKey key();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Target open(DeploymentHome home) {
        return new ArtifactTarget(home, this);
    }
}
