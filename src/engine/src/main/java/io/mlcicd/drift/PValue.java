package io.mlcicd.drift;

/**
 * A p-value among those of other columns.
 *
 * @param raw as the test gives it, 0 to 1
 * @param adjusted corrected for the number of columns tested alike; what a threshold is held against
 */
public record PValue(double raw, double adjusted) {}
