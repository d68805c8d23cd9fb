package io.mlcicd.deployment.target;

/** What some targets can do, beyond giving all traffic to one release. */
public enum Ability {
    /** {@link Candidate#route} takes shares between 0 and 1, not only the ends. */
    SHARES,
    /** {@link Candidate#shadow} copies requests. */
    SHADOW,
    /** {@link Candidate#observed} tells figures. */
    FIGURES,
    /** {@link Candidate#answered} tells single answers. */
    ANSWERS
}
