package io.mlcicd.deployment.kubernetes;

/**
 * Numbers of pods that come nearest to a share of the traffic, as a Service spreads connections evenly over pods.
 *
 * @param candidate pods of the new release
 * @param active pods of the old one
 */
record ReplicaShares(int candidate, int active) {

    /**
     * The best pair with at least {@code replicas} and at most {@code most} pods together; of equally good ones the
     * smallest.
     *
     * @param share of the candidate, between 0 and 1, both not included
     */
    static ReplicaShares of(double share, int replicas, int most) {
        ReplicaShares best = new ReplicaShares(1, Math.max(1, replicas - 1));
        for (int total = Math.max(2, replicas); total <= Math.max(2, most); total++) {
            int candidate = (int) Math.min(total - 1L, Math.max(1L, Math.round(share * total)));
            ReplicaShares pair = new ReplicaShares(candidate, total - candidate);
            if (Math.abs(pair.share() - share) < Math.abs(best.share() - share) - 1e-9) {
                best = pair;
            }
        }
        return best;
    }

    double share() {
        return (double) candidate / (candidate + active);
    }
}
