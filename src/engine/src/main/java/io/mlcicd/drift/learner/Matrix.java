package io.mlcicd.drift.learner;

import java.util.List;

/** Numbers in named columns of equal length; NaN stands for a missing value. Arrays are shared, not copied. */
public final class Matrix {

    private final List<String> names;
    private final double[][] columns;
    private final int rows;

    private Matrix(List<String> names, double[][] columns, int rows) {
        this.names = names;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A matrix of these columns.
     *
     * @param names one for each column
     * @param columns at least one; all of the same length; must not be changed any more
     * @throws IllegalArgumentException when names and columns do not match, or columns differ in length
     */
    public static Matrix ofColumns(List<String> names, double[][] columns) {
        if (columns.length == 0 || names.size() != columns.length) {
            throw new IllegalArgumentException(names.size() + " names for " + columns.length + " columns");
        }
        int rows = columns[0].length;
        for (double[] column : columns) {
            if (column.length != rows) {
                throw new IllegalArgumentException("columns of " + rows + " and " + column.length + " rows");
            }
        }
        return new Matrix(List.copyOf(names), columns.clone(), rows);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns.length;
    }

    public List<String> names() {
        return names;
    }

    /** The values of a column; must not be changed. */
    public double[] column(int index) {
        return columns[index];
    }

    public double value(int row, int column) {
        return columns[column][row];
    }

    /** These rows of it, in this order; a row may be named more than once. */
    public Matrix select(int[] which) {
        double[][] selected = new double[columns.length][which.length];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < which.length; i++) {
                selected[c][i] = columns[c][which[i]];
            }
        }
        return new Matrix(names, selected, which.length);
    }

    /**
     * The rows of this matrix and, below them, those of another.
     *
     * @throws IllegalArgumentException when the columns' names differ
     */
    public Matrix above(Matrix below) {
        if (!names.equals(below.names)) {
            throw new IllegalArgumentException("columns " + names + " above columns " + below.names);
        }
        double[][] joined = new double[columns.length][rows + below.rows];
        for (int c = 0; c < columns.length; c++) {
            System.arraycopy(columns[c], 0, joined[c], 0, rows);
            System.arraycopy(below.columns[c], 0, joined[c], rows, below.rows);
        }
        return new Matrix(names, joined, rows + below.rows);
    }
}
