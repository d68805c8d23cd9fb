package io.mlcicd.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the second pass of a {@link Profiler} asks of a column with finite values: counts between edges that the first
 * pass found, and the spread around the mean it found. Taking the mean off first keeps the digits that a sum of squares
 * loses (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American Statistician 37, 1983,
 * the corrected two-pass algorithm).
 *
 * @param column what the first pass found
 * @param quantiles the values by rank
 * @param number the values as finite doubles, in SQL
 * @param equalFrequency edges at equal steps of frequency, without the point at the end
 * @param equalWidth edges at equal distance
 * @param binner writes the counts between edges
 */
record Spread(
        ColumnTotals column,
        Quantiles quantiles,
        String number,
        List<Double> equalFrequency,
        List<Double> equalWidth,
        Dialect binner) {

    private static final int DIGITS = 12;

    /** Sorts the column to place the edges. */
    static Spread of(DataEngine engine, Relation data, ColumnTotals column) throws InterruptedException {
        String number = "(" + engine.dialect().finite(DataEngine.quote(column.name()), column.type()) + ")";
        return of(column, Quantiles.of(engine, data, number, column.finite()), number, engine.dialect());
    }

    /** Places the edges. */
    static Spread of(ColumnTotals column, Quantiles quantiles, String number, Dialect dialect) {
        return new Spread(
                column,
                quantiles,
                number,
                Edges.equalFrequency(quantiles::at),
                Edges.equalWidth(quantiles.min(), quantiles.max()),
                dialect);
    }

    private double min() {
        return quantiles.min();
    }

    private double max() {
        return quantiles.max();
    }

    private double scale() {
        return scale(min(), max());
    }

    /** The greatest distance a deviation from the mean can have; 1 for a constant. */
    static double scale(double min, double max) {
        double range = max - min;
        return range == 0 ? 1 : Double.isFinite(range) ? range : Double.MAX_VALUE;
    }

    /** The values' distance from the mean in parts of the greatest there can be, in SQL. */
    String deviation() {
        double range = max() - min();
        return Double.isFinite(range)
                ? "((%s - %s) / %s)".formatted(number, DataEngine.literal(column.mean()), DataEngine.literal(scale()))
                : "(%s / %s - %s)"
                        .formatted(number, DataEngine.literal(scale()), DataEngine.literal(column.mean() / scale()));
    }

    /** What to ask for, under names that end in {@code i}. */
    String select(int i) {
        return "sum(%1$s) AS b%2$d, sum(%1$s * %1$s) AS s%2$d, %3$s AS w%2$d"
                .formatted(deviation(), i, binner.binCounts(number, equalWidth));
    }

    /** Reads what {@link #select} asked for. */
    Distribution distribution(int i, Row row) {
        return distribution(
                row.number("b" + i).orElse(0),
                row.number("s" + i).orElse(0),
                row.numbers("w" + i).stream().map(Double::longValue).toList(),
                quantiles.countsBetween(equalFrequency, column.finite()),
                OptionalDouble.empty());
    }

    /**
     * The distribution.
     *
     * @param bias the sum of {@link #deviation}
     * @param squares the sum of its squares
     * @param widths counts between the edges at equal distance, the greatest value's apart
     * @param frequencies counts between the edges at equal steps of frequency, likewise
     * @param rankError of the quantiles
     */
    Distribution distribution(
            double bias, double squares, List<Long> widths, List<Long> frequencies, OptionalDouble rankError) {
        long n = column.finite();
        double mean = Math.max(min(), Math.min(max(), column.mean() + bias / n * scale()));
        double deviation = n < 2 ? 0 : Math.sqrt(Math.max(0, squares - bias * bias / n) / (n - 1)) * scale();
        return new Distribution(
                n,
                column.count() - n,
                min(),
                max(),
                rounded(mean, Math.max(Math.abs(mean), Math.min(deviation, Double.MAX_VALUE))) + 0.0,
                n < 2 || Double.isInfinite(deviation)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(rounded(deviation, deviation)),
                quantiles.shown(),
                histogram(equalFrequency, frequencies, quantiles.endsInAtom()),
                histogram(equalWidth, widths, equalWidth.size() == 1),
                rankError);
    }

    /** The greatest value is counted apart, which is right only where it is to be a bin of its own. */
    static Histogram histogram(List<Double> edges, List<Long> found, boolean endsInPoint) {
        List<Long> counts = new ArrayList<>(found);
        List<Double> all = new ArrayList<>(edges);
        if (endsInPoint) {
            all.add(edges.get(edges.size() - 1));
        } else {
            long point = counts.remove(counts.size() - 1);
            counts.set(counts.size() - 1, counts.get(counts.size() - 1) + point);
        }
        return new Histogram(all, counts);
    }

    /** Rounds to twelve digits of a number of the size of {@code scale}. */
    static double rounded(double value, double scale) {
        if (scale == 0) {
            return value;
        }
        BigDecimal size = new BigDecimal(scale);
        int exponent = size.precision() - size.scale();
        return new BigDecimal(value)
                .setScale(DIGITS - exponent, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
