package io.mlcicd.drift.multivariate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Pearson's correlation coefficients of columns of one side, of each pair over the rows where neither is missing. */
final class Correlations {

    private final double[][] columns;
    private final boolean[] complete;
    private final double[] lengths;

    private Correlations(double[][] columns, boolean[] complete, double[] lengths) {
        this.columns = columns;
        this.complete = complete;
        this.lengths = lengths;
    }

    /** The columns with their means taken off, which keeps the digits. */
    static Correlations of(double[][] columns) {
        double[][] centred = Arrays.stream(columns).map(Correlations::centred).toArray(double[][]::new);
        boolean[] complete = new boolean[columns.length];
        double[] lengths = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            complete[i] = Arrays.stream(columns[i]).noneMatch(Double::isNaN);
            lengths[i] = Math.sqrt(product(centred[i], centred[i]));
        }
        return new Correlations(centred, complete, lengths);
    }

    private static double[] centred(double[] column) {
        double[] values =
                Arrays.stream(column).filter(value -> !Double.isNaN(value)).toArray();
        if (values.length == 0 || Arrays.stream(values).allMatch(value -> value == values[0])) {
            // Rounding of the mean must not make a constant vary.
            return Arrays.stream(column)
                    .map(value -> Double.isNaN(value) ? value : 0)
                    .toArray();
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double greatest = IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] - mean))
                .max()
                .orElseThrow();
        return Arrays.stream(column).map(value -> (value - mean) / greatest).toArray();
    }

    /**
     * A coefficient.
     *
     * @param r -1 to 1; NaN when a column is constant over the rows
     * @param rows over how many rows
     */
    record Coefficient(double r, int rows) {}

    Coefficient of(int one, int other) {
        double[] a = columns[one];
        double[] b = columns[other];
        if (complete[one] && complete[other]) {
            double length = lengths[one] * lengths[other];
            return new Coefficient(length > 0 ? clamped(product(a, b) / length) : Double.NaN, a.length);
        }
        int rows = 0;
        double meanA = 0;
        double meanB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
                // Welford's update, which keeps the digits in one pass.
                rows++;
                double da = a[i] - meanA;
                double db = b[i] - meanB;
                meanA += da / rows;
                meanB += db / rows;
                squaresA += da * (a[i] - meanA);
                squaresB += db * (b[i] - meanB);
                products += da * (b[i] - meanB);
            }
        }
        double length = Math.sqrt(squaresA) * Math.sqrt(squaresB);
        return new Coefficient(length > 0 ? clamped(products / length) : Double.NaN, rows);
    }

    private static double clamped(double r) {
        return Math.max(-1, Math.min(1, r));
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
