package io.mlcicd.drift.multivariate;

import io.mlcicd.drift.multivariate.EncodedColumn.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Columns as principal components need them: numbers with missing values filled by the mean, an indicator of missing
 * values, and an indicator of each frequent category. Whatever is constant in the rows that components are found from is
 * left out, for it has no scale there.
 */
final class PcaColumns {

    /** How many categories of a column have an indicator. */
    private static final int CATEGORIES = 20;

    /** How many columns components are found from: a thousandfold of them would take hours. */
    static final int MOST = 256;

    private final List<double[]> fitted = new ArrayList<>();
    private final List<double[]> held = new ArrayList<>();
    private final List<double[]> current = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final int[] fittedRows;
    private final int[] heldRows;

    private PcaColumns(int[] fittedRows, int[] heldRows) {
        this.fittedRows = fittedRows;
        this.heldRows = heldRows;
    }

    /**
     * The columns; where there would be more than {@value #MOST}, those of a random choice of the data's columns.
     *
     * @param fittedRows the reference's rows to find components from
     * @param heldRows the reference's other rows
     */
    static PcaColumns of(List<EncodedColumn> columns, int[] fittedRows, int[] heldRows, long seed) {
        PcaColumns all = new PcaColumns(fittedRows, heldRows);
        List<EncodedColumn> order = new ArrayList<>(columns);
        Collections.shuffle(order, new Random(seed));
        for (EncodedColumn column : order) {
            if (all.fitted.size() < MOST) {
                all.add(column);
            }
        }
        return all;
    }

    private void add(EncodedColumn column) {
        double[] values = select(column.sides().reference(), fittedRows);
        if (column.kind() == Kind.CATEGORY) {
            for (double code : frequent(values)) {
                addIndicator(column, value -> value == code);
            }
        } else {
            double mean = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
            add(
                    column.name(),
                    filled(values, mean),
                    filled(select(column.sides().reference(), heldRows), mean),
                    filled(column.sides().current(), mean));
        }
        addIndicator(column, Double::isNaN);
    }

    private static List<Double> frequent(double[] codes) {
        int[] counts = new int[SampleEncoder.CATEGORIES + 1];
        Arrays.stream(codes).filter(code -> !Double.isNaN(code)).forEach(code -> counts[(int) code]++);
        Comparator<Integer> byCount = Comparator.comparingInt(code -> -counts[code]);
        return IntStream.range(0, SampleEncoder.CATEGORIES)
                .filter(code -> counts[code] > 0)
                .boxed()
                .sorted(byCount.thenComparing(Comparator.naturalOrder()))
                .limit(CATEGORIES)
                .map(Integer::doubleValue)
                .toList();
    }

    private void addIndicator(EncodedColumn column, DoublePredicate which) {
        double[] values = column.sides().reference();
        add(
                column.name(),
                indicator(select(values, fittedRows), which),
                indicator(select(values, heldRows), which),
                indicator(column.sides().current(), which));
    }

    private void add(String name, double[] fit, double[] hold, double[] now) {
        double mean = Arrays.stream(fit).average().orElse(0);
        double spread =
                Arrays.stream(fit).map(value -> (value - mean) * (value - mean)).sum();
        boolean varies = Arrays.stream(fit).distinct().limit(2).count() == 2;
        if (varies && spread > 0 && Double.isFinite(spread) && fitted.size() < MOST) {
            fitted.add(fit);
            held.add(hold);
            current.add(now);
            used.add(name);
        }
    }

    private static double[] select(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    private static double[] filled(double[] values, double mean) {
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? mean : value)
                .toArray();
    }

    private static double[] indicator(double[] values, DoublePredicate which) {
        return Arrays.stream(values).map(value -> which.test(value) ? 1 : 0).toArray();
    }

    int size() {
        return fitted.size();
    }

    /** How many of the data's columns are among them. */
    int used() {
        return used.size();
    }

    double[][] fitted() {
        return fitted.toArray(double[][]::new);
    }

    double[][] held() {
        return held.toArray(double[][]::new);
    }

    double[][] current() {
        return current.toArray(double[][]::new);
    }
}
