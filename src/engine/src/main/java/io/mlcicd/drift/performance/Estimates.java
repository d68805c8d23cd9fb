package io.mlcicd.drift.performance;

import java.util.List;
import java.util.Map;

/**
 * Estimated metrics.
 *
 * @param whole of all rows
 * @param windows of each window, by index
 * @param notes how they came about, in words
 */
record Estimates(
        Map<String, EstimatedValue> whole, Map<Integer, Map<String, EstimatedValue>> windows, List<String> notes) {}
