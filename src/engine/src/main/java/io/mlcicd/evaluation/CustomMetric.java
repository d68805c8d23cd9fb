package io.mlcicd.evaluation;

import java.util.Optional;

/**
 * A metric of the user's own.
 *
 * @param sql an aggregate over the columns of the predictions file, such as {@code avg(abs(predicted - label) * price)}
 * @param higherIsBetter whether more of it is better, where the user says so
 */
public record CustomMetric(String sql, Optional<Boolean> higherIsBetter) {}
