package io.mlcicd.drift.performance;

import io.mlcicd.statistic.Interval;
import java.util.Optional;

/**
 * An estimate of a metric.
 *
 * @param interval where the metric would be by sampling error alone, were the estimate right; empty where unknown
 */
record EstimatedValue(double value, Optional<Interval> interval) {}
