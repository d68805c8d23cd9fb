package io.mlcicd.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * A release that serves, or a batch that ran.
 *
 * @param name the deployment's name
 * @param target {@code process} or {@code batch}
 * @param release the release's id within the deployment
 * @param url where it answers; empty for a batch
 * @param at when it was switched to
 */
public record DeploymentRef(String name, String target, String release, Optional<String> url, Instant at) {}
