package io.mlcicd.evaluation.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What can be measured of predicted quantiles of some levels, and what its metrics are called. */
final class QuantileScheme {

    /** Beyond these, levels such as 0.1 and 1 - 0.9 differ by rounding alone. */
    private static final int DECIMALS = 12;

    /**
     * A central prediction interval: the quantiles of two levels that are as far from 0 as from 1.
     *
     * @param lower index of the lower level
     * @param upper index of the upper level
     * @param tail the share that is expected below it, and above it
     * @param percent the share that is expected inside, in percent, as text
     */
    record Central(int lower, int upper, double tail, String percent) {}

    private final double[] levels;
    private final String[] names;
    private final List<Central> intervals;
    private final OptionalInt point;

    /**
     * The scheme of those levels.
     *
     * @param levels rising strictly, above 0 and below 1
     * @param predicted whether a point forecast comes after the quantiles; else the median is it, if predicted
     */
    QuantileScheme(List<Double> levels, boolean predicted) {
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
        this.names = levels.stream().map(level -> plain(decimal(level))).toArray(String[]::new);
        this.intervals = intervals(levels);
        int median = levels.indexOf(0.5);
        if (predicted) {
            point = OptionalInt.of(levels.size());
        } else {
            point = median < 0 ? OptionalInt.empty() : OptionalInt.of(median);
        }
    }

    private static List<Central> intervals(List<Double> levels) {
        List<Central> intervals = new ArrayList<>();
        int upper = levels.size() - 1;
        for (int lower = 0; lower < upper; lower++) {
            BigDecimal tail = decimal(levels.get(lower));
            BigDecimal counterpart = BigDecimal.ONE.subtract(tail);
            while (upper > lower && decimal(levels.get(upper)).compareTo(counterpart) > 0) {
                upper--;
            }
            if (upper > lower && decimal(levels.get(upper)).compareTo(counterpart) == 0) {
                BigDecimal percent = counterpart.subtract(tail).movePointRight(2);
                intervals.add(new Central(lower, upper, levels.get(lower), plain(percent)));
            }
        }
        return List.copyOf(intervals);
    }

    private static BigDecimal decimal(double level) {
        return BigDecimal.valueOf(level).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    int size() {
        return levels.length;
    }

    double level(int index) {
        return levels[index];
    }

    /** The level as its metrics are named: {@code 0.1}. */
    String name(int index) {
        return names[index];
    }

    /** The central intervals, the widest first. */
    List<Central> intervals() {
        return intervals;
    }

    /** Where among the predictions the point forecast is. */
    OptionalInt point() {
        return point;
    }

    /** The part of the range of levels that a level stands for by the trapezoidal rule from 0 to 1. */
    double width(int index) {
        double below = index == 0 ? 0 : levels[index - 1];
        double above = index == levels.length - 1 ? 1 : levels[index + 1];
        return (above - below) / 2;
    }
}
