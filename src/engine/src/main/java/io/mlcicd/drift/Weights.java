package io.mlcicd.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much each compared feature counts, as a share of all. */
final class Weights {

    private final Map<String, Double> shares;

    private Weights(Map<String, Double> shares) {
        this.shares = shares;
    }

    /**
     * Shares of the importance of these features together; all alike when none of them has any.
     *
     * @param features the compared features
     * @param importances by column, in any unit, not negative
     */
    static Weights of(List<String> features, Map<String, Double> importances) {
        double greatest = features.stream()
                .mapToDouble(name -> importances.getOrDefault(name, 0.0))
                .max()
                .orElse(0);
        Map<String, Double> relative = new HashMap<>();
        for (String name : features) {
            relative.put(name, greatest == 0 ? 1 : importances.getOrDefault(name, 0.0) / greatest);
        }
        double sum = relative.values().stream().mapToDouble(Double::doubleValue).sum();
        relative.replaceAll((name, share) -> share / sum);
        return new Weights(relative);
    }

    /** The column's share, 0 to 1; 0 of what is no feature. */
    double of(String column) {
        return shares.getOrDefault(column, 0.0);
    }
}
