package io.mlcicd.lineage;

import java.util.Optional;

/**
 * The code's version.
 *
 * @param sha the full commit id
 * @param branch the branch's short name; empty when HEAD is detached
 * @param dirty whether tracked files differ from the commit
 * @param remote the URL of {@code origin} without any credentials; empty when there is none
 * @param tag the tag that stands on this very commit, the newest annotated one of several; empty when there is none
 */
public record GitCommit(
        String sha, Optional<String> branch, boolean dirty, Optional<String> remote, Optional<String> tag) {

    /** A commit without a tag. */
    public GitCommit(String sha, Optional<String> branch, boolean dirty, Optional<String> remote) {
        this(sha, branch, dirty, remote, Optional.empty());
    }
}
