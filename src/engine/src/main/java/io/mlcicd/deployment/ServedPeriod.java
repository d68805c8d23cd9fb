package io.mlcicd.deployment;

import java.time.Instant;
import java.util.Optional;

/**
 * How long a release served, by whose decision.
 *
 * @param release its id
 * @param modelDigest digest of its model
 * @param image its image; empty for files
 * @param since when it was confirmed
 * @param until when another took its place, or nothing did; empty while it serves
 * @param by who released it
 * @param approvedBy who approved it
 * @param promotedFrom the environment it came from
 */
public record ServedPeriod(
        String release,
        Optional<String> modelDigest,
        Optional<String> image,
        Instant since,
        Optional<Instant> until,
        String by,
        Optional<String> approvedBy,
        Optional<String> promotedFrom) {}
