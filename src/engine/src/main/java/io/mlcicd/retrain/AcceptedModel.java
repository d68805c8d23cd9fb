package io.mlcicd.retrain;

import java.time.Instant;
import java.util.Map;

/**
 * The model that is in use.
 *
 * @param id names it by content, such as its digest
 * @param since when it was accepted
 * @param metrics what its evaluation said: metric name to finite value
 */
public record AcceptedModel(String id, Instant since, Map<String, Double> metrics) {

    public AcceptedModel {
        metrics = Map.copyOf(metrics);
    }
}
