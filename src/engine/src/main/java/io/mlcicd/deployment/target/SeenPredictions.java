package io.mlcicd.deployment.target;

import java.util.List;
import java.util.Map;

/**
 * Predictions that a release gave its clients: a sample of numbers, or counts of categories.
 *
 * @param numbers numeric predictions, in no order; at most some thousands, chosen evenly
 * @param categories how often each category was predicted
 */
public record SeenPredictions(List<Double> numbers, Map<String, Long> categories) {

    /** None. */
    public static final SeenPredictions NONE = new SeenPredictions(List.of(), Map.of());

    public SeenPredictions {
        numbers = List.copyOf(numbers);
        categories = Map.copyOf(categories);
    }
}
