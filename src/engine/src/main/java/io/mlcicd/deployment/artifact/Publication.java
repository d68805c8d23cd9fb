package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * That a name pointed at a version.
 *
 * @param version its digest
 * @param release the release that it was published from
 * @param since when the name was moved to it
 * @param by who did that
 * @param approvedBy who approved it; empty when nobody was asked
 * @param environment the environment; empty without environments
 * @param back whether it was gone back to, by a rollback
 */
public record Publication(
        Digest version,
        String release,
        Instant since,
        String by,
        Optional<String> approvedBy,
        Optional<String> environment,
        boolean back) {}
