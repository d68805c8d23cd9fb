package io.mlcicd.benchmarks.process;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Time as a line over the number of rows.
 *
 * @param start in seconds, however few rows there are
 * @param perRow in seconds
 */
record GrowthLine(double start, double perRow) {

    /**
     * The line with the least squared relative distances, so that small files count as much as large ones.
     *
     * @param seconds by number of rows, two or more
     */
    static GrowthLine through(Map<Integer, Double> seconds) {
        double weights = 0;
        double rows = 0;
        double times = 0;
        double squares = 0;
        double products = 0;
        for (Map.Entry<Integer, Double> point : seconds.entrySet()) {
            double weight = 1 / (point.getValue() * point.getValue());
            weights += weight;
            rows += weight * point.getKey();
            times += weight * point.getValue();
            squares += weight * point.getKey() * point.getKey();
            products += weight * point.getKey() * point.getValue();
        }
        double perRow = (weights * products - rows * times) / (weights * squares - rows * rows);
        return new GrowthLine((times - perRow * rows) / weights, perRow);
    }

    /**
     * From how many rows on so many machines, among which the rows of this line are divided evenly, are faster than one
     * machine of another line; empty when they never are.
     */
    OptionalDouble pays(int machines, GrowthLine other) {
        double gain = other.perRow() - perRow / machines;
        return gain > 0 ? OptionalDouble.of(Math.max(0, (start - other.start()) / gain)) : OptionalDouble.empty();
    }
}
