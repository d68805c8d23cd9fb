package io.mlcicd.evaluation.metric;

import java.util.List;

/**
 * What of errors is summed, in SQL: sizes, squares, fourth powers, and errors less their mean with the squares of these.
 * Rows are summed by bins that the bins of {@link ResidualHistogram} are made of.
 *
 * @param error of a row
 * @param mean of all rows, so that sums of errors that are large and much alike keep their digits
 */
record ErrorSums(String error, double mean, double least, double greatest) {

    static final int SUMS = 5;

    /** Half as wide as the histogram's at the most, which has up to 32. */
    private static final int BINS = 32;

    /** What must be known of the errors of all rows: what {@link #of} takes. */
    static List<String> facts(String error) {
        return List.of("AVG(" + error + ")", "MIN(" + error + ")", "MAX(" + error + ")");
    }

    static ErrorSums of(String error, double[] facts, int at) {
        return new ErrorSums(error, facts[at], facts[at + 1], facts[at + 2]);
    }

    List<String> summed() {
        String square = error + " * " + error;
        String rest = "(" + error + " - " + literal(mean) + ")";
        return List.of("ABS(" + error + ")", square, square + " * " + square, rest, rest + " * " + rest);
    }

    /** The bin of a row. */
    String bin() {
        return "FLOOR((%s - %s) / %s)".formatted(error, literal(start()), literal(width()));
    }

    /** An error of that bin. */
    double middle(double bin) {
        return Math.max(least, Math.min(greatest, start() + (bin + 0.5) * width()));
    }

    private double width() {
        double range = Math.max(greatest - least, Math.ulp(Math.max(Math.abs(least), Math.abs(greatest))));
        return Math.scalb(1.0, Math.max(-1000, Math.getExponent(range) - Math.getExponent((double) BINS)));
    }

    private double start() {
        return Math.floor(least / width()) * width();
    }

    /** A number with an exponent is a double in SQL, one without it a decimal that may be rounded differently. */
    static String literal(double number) {
        String text = Double.toString(number);
        return text.contains("E") ? text : text + "E0";
    }
}
