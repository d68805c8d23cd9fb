package io.mlcicd.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * A release that serves, or a batch that ran.
 *
 * @param name the deployment's name
 * @param target the kind of target, such as {@code process}, or {@code batch}
 * @param release the release's id within the deployment
 * @param url where it answers; empty for a batch
 * @param at when it was switched to
 * @param environment the environment it is in; empty without environments
 * @param approvedBy who approved it; empty when nobody was asked
 */
public record DeploymentRef(
        String name,
        String target,
        String release,
        Optional<String> url,
        Instant at,
        Optional<String> environment,
        Optional<String> approvedBy) {

    /** A release without environments or approvals. */
    public DeploymentRef(String name, String target, String release, Optional<String> url, Instant at) {
        this(name, target, release, url, at, Optional.empty(), Optional.empty());
    }
}
