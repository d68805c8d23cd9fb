package io.mlcicd.evaluation.metric;

import java.util.Map;

/**
 * Means of areas under ROC curves that need more of each class than its area. No tally knows all classes' areas, so that each puts its part among its
 * metrics, by names that start with a tilde, and {@link #derive} takes these away when it makes the means. Definitions are
 * those of scikit-learn 1.9's {@code roc_auc_score}, to which row weights are added where it has none (one-vs-one): {@code
 * rocAuc.ovr.weighted} is the mean of the classes' areas against the rest, weighted by their rows; {@code rocAuc.ovo} that
 * of all ordered pairs of classes that occur (D. Hand, R. Till, Machine Learning 45, 2001), and {@code rocAuc.ovo.weighted}
 * weighs each by the rows of both classes.
 */
final class PairMeans {

    private static final String SUPPORT = "~support.";
    private static final String PAIRS = "~pairs.";
    private static final String WEIGHTED_PAIRS = "~weightedPairs.";

    private PairMeans() {}

    /** The part that one class's tally knows. */
    static final class Part {

        private final int index;
        private final boolean[] scored;
        private final String support;
        private final String pairs;
        private final String weightedPairs;

        /**
         * The part of the class of that index.
         *
         * @param scored by class, whether it has a score
         */
        Part(int index, boolean[] scored) {
            this.index = index;
            this.scored = scored;
            this.support = SUPPORT + index;
            this.pairs = PAIRS + index;
            this.weightedPairs = WEIGHTED_PAIRS + index;
        }

        PairwiseWins wins() {
            return new PairwiseWins(index, scored.length);
        }

        PairwiseTies ties() {
            return new PairwiseTies(index, scored.length);
        }

        /** Puts the part, unless rows of classes without a score make all means meaningless. */
        void put(PairwiseWins wins, Map<String, Double> metrics) {
            for (int i = 0; i < scored.length; i++) {
                if (!scored[i] && wins.weight(i) > 0) {
                    return;
                }
            }
            metrics.put(support, wins.weight(index));
            if (wins.weight(index) > 0) {
                metrics.put(pairs, wins.sum());
                metrics.put(weightedPairs, wins.weightedSum());
            }
        }
    }

    /** Puts the means that are defined in place of the parts. */
    static void derive(JudgedColumns columns, Map<String, Double> metrics) {
        boolean complete = true;
        int present = 0;
        double total = 0;
        double pairs = 0;
        double weightedPairs = 0;
        double weightedAreas = 0;
        for (int index : columns.scored()) {
            Double support = metrics.remove(SUPPORT + index);
            Double ofPairs = metrics.remove(PAIRS + index);
            Double ofWeightedPairs = metrics.remove(WEIGHTED_PAIRS + index);
            complete &= support != null;
            if (ofPairs != null && ofWeightedPairs != null && support != null) {
                present++;
                total += support;
                pairs += ofPairs;
                weightedPairs += ofWeightedPairs;
                weightedAreas += support
                        * metrics.getOrDefault("rocAuc." + columns.classes().get(index), 0.0);
            }
        }
        if (complete && present > 1) {
            metrics.put("rocAuc.ovr.weighted", weightedAreas / total);
            metrics.put("rocAuc.ovo", pairs / ((double) present * (present - 1)));
            metrics.put("rocAuc.ovo.weighted", weightedPairs / (2 * total * (present - 1)));
        }
    }
}
