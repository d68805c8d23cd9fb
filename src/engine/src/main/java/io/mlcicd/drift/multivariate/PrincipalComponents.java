package io.mlcicd.drift.multivariate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions in which standardized columns vary most, of which the first few that hold a given share of the variance
 * are kept; what a row has beside them is its reconstruction error, the Euclidean distance of the row from what the kept
 * components say of it.
 *
 * <p>Equals scikit-learn's {@code StandardScaler} followed by {@code PCA(n_components=share)}, but keeps one component
 * less where all would be needed, for then no row could have an error.
 *
 * <p>Source: I. T. Jolliffe, Principal Component Analysis, 2nd edition, Springer 2002, sections 6.1.1 and 10.1.
 */
final class PrincipalComponents {

    /** A value further away counts as that far, in standard deviations, so that squares stay finite. */
    private static final double FARTHEST = 1e9;

    private final double[] means;
    private final double[] scales;
    private final int kept;

    /** What is left out, one row for each direction. */
    private final double[][] rest;

    private PrincipalComponents(double[] means, double[] scales, int kept, double[][] rest) {
        this.means = means;
        this.scales = scales;
        this.kept = kept;
        this.rest = rest;
    }

    /**
     * Finds the components.
     *
     * @param columns two or more, each finite and not constant, and of the same length
     * @param share of the variance to keep, above 0 and below 1
     */
    static PrincipalComponents of(double[][] columns, double share) {
        int size = columns.length;
        double[] means = new double[size];
        double[] scales = new double[size];
        double[][] standardized = new double[size][];
        for (int i = 0; i < size; i++) {
            double mean = Arrays.stream(columns[i]).average().orElseThrow();
            double variance = Arrays.stream(columns[i])
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow();
            double scale = Math.sqrt(variance);
            means[i] = mean;
            scales[i] = scale;
            standardized[i] = Arrays.stream(columns[i])
                    .map(value -> (value - mean) / scale)
                    .toArray();
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(size, true, true);
        if (!decomposition.decompose(correlations(standardized))) {
            throw new IllegalStateException("no components of " + size + " columns were found");
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -decomposition.getEigenvalue(i).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        double total = IntStream.range(0, size)
                .mapToDouble(i -> decomposition.getEigenvalue(i).getReal())
                .sum();
        int kept = 0;
        double held = 0;
        while (kept < size - 1 && held <= share * total) {
            held += decomposition.getEigenvalue(order[kept++]).getReal();
        }
        double[][] rest = new double[size - kept][];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = decomposition.getEigenVector(order[kept + i]).getData().clone();
        }
        return new PrincipalComponents(means, scales, kept, rest);
    }

    private static DMatrixRMaj correlations(double[][] standardized) {
        int size = standardized.length;
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        IntStream.range(0, size).parallel().forEach(i -> {
            for (int j = 0; j <= i; j++) {
                double value = product(standardized[i], standardized[j]) / standardized[i].length;
                matrix.set(i, j, value);
                matrix.set(j, i, value);
            }
        });
        return matrix;
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** How many components are kept. */
    int kept() {
        return kept;
    }

    /** The reconstruction error of each row of the same columns, in standard deviations of a column; finite. */
    double[] errors(double[][] columns) {
        return IntStream.range(0, columns[0].length)
                .parallel()
                .mapToDouble(row -> {
                    double[] values = new double[means.length];
                    for (int i = 0; i < values.length; i++) {
                        double value = (columns[i][row] - means[i]) / scales[i];
                        values[i] = Math.max(-FARTHEST, Math.min(FARTHEST, value));
                    }
                    double squared = 0;
                    for (double[] direction : rest) {
                        double along = product(direction, values);
                        squared += along * along;
                    }
                    return Math.sqrt(squared);
                })
                .toArray();
    }
}
