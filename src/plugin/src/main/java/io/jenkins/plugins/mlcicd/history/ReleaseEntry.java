package io.jenkins.plugins.mlcicd.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A deployment that a build made, or a batch that it ran, and that ended well.
 *
 * @param model the model's name
 * @param digest digest of the model's content
 * @param imageDigest digest of the image's manifest; empty for files
 * @param deployment the deployment's name
 * @param environment the environment; empty without environments
 * @param target the kind of target, such as {@code process}
 * @param release the release's id
 * @param url where it answers; empty for a batch
 * @param at since when it serves
 * @param approvedBy who approved it; empty when nobody was asked
 * @param batch whether it is a batch, which serves nobody
 * @param switched whether it was not the release that served before
 */
public record ReleaseEntry(
        String model,
        Optional<String> digest,
        Optional<String> imageDigest,
        String deployment,
        Optional<String> environment,
        String target,
        String release,
        Optional<String> url,
        Instant at,
        Optional<String> approvedBy,
        boolean batch,
        boolean switched) {

    /** Where it serves, for people: the environment or, without any, the deployment. */
    public String place() {
        return environment.orElse(deployment);
    }
}
