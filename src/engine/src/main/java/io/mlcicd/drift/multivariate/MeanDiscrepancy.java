package io.mlcicd.drift.multivariate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The squared maximum mean discrepancy of two samples of vectors, with a test by permutations of whether they are from one
 * distribution.
 *
 * <p>The kernel is exp(-|x - y|² / 2 σ²), σ being the median distance between two of all vectors; the estimator is the
 * unbiased one, the mean kernel within the first sample plus that within the second less twice that between them. The
 * p-value is the share of random divisions of all vectors into samples of these sizes, the given one among them, that
 * have at least its discrepancy.
 *
 * <p>Source: A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schölkopf and A. Smola, "A kernel two-sample test", Journal of
 * Machine Learning Research 13, 2012, lemma 6.
 *
 * @param squared the estimate, which may be a little below 0; near 0 when the distributions are equal
 * @param pValue above 0, up to 1
 * @param bandwidth σ
 */
record MeanDiscrepancy(double squared, double pValue, double bandwidth) {

    /**
     * The discrepancy.
     *
     * @param first two vectors or more
     * @param second two vectors or more, of the same dimension; the time needed grows with the square of their number
     */
    static MeanDiscrepancy of(double[][] first, double[][] second, int permutations, long seed) {
        double[][] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        double[][] kernel = squaredDistances(all);
        double bandwidth = median(kernel);
        double scale = bandwidth > 0 ? -1 / (2 * bandwidth * bandwidth) : Double.NEGATIVE_INFINITY;
        for (double[] row : kernel) {
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] == 0 ? 1 : Math.exp(scale * row[j]);
            }
        }
        double[] sums = sums(kernel);
        int size = first.length;
        double squared = squared(kernel, sums, IntStream.range(0, size).toArray());
        // Sums in another order are off by their rounding, which must not decide.
        double least = squared - 1e-12;
        long asFar = IntStream.range(0, permutations)
                .parallel()
                .filter(i -> squared(kernel, sums, drawn(all.length, size, new SplittableRandom(seed + i))) >= least)
                .count();
        return new MeanDiscrepancy(squared, (asFar + 1.0) / (permutations + 1.0), bandwidth);
    }

    /** Of each two vectors, in the row of the later one. */
    private static double[][] squaredDistances(double[][] vectors) {
        double[][] squares = new double[vectors.length][];
        IntStream.range(0, vectors.length).parallel().forEach(i -> {
            squares[i] = new double[i];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = 0; k < vectors[i].length; k++) {
                    double difference = vectors[i][k] - vectors[j][k];
                    sum += difference * difference;
                }
                squares[i][j] = sum;
            }
        });
        return squares;
    }

    private static double median(double[][] squares) {
        double[] sorted =
                Arrays.stream(squares).flatMapToDouble(Arrays::stream).sorted().toArray();
        int middle = sorted.length / 2;
        double upper = Math.sqrt(sorted[middle]);
        return sorted.length % 2 == 1 ? upper : (Math.sqrt(sorted[middle - 1]) + upper) / 2;
    }

    /** Of each vector, the kernel with all others. */
    private static double[] sums(double[][] kernel) {
        double[] sums = new double[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < i; j++) {
                sums[i] += kernel[i][j];
                sums[j] += kernel[i][j];
            }
        }
        return sums;
    }

    /** The estimate for these vectors, in rising order, against the others. */
    private static double squared(double[][] kernel, double[] sums, int[] first) {
        double within = 0;
        double ofFirst = 0;
        for (int i = 0; i < first.length; i++) {
            double[] row = kernel[first[i]];
            for (int j = 0; j < i; j++) {
                within += 2 * row[first[j]];
            }
            ofFirst += sums[first[i]];
        }
        double between = ofFirst - within;
        double withinOther = Arrays.stream(sums).sum() - 2 * between - within;
        double m = first.length;
        double n = kernel.length - m;
        return within / (m * (m - 1)) + withinOther / (n * (n - 1)) - 2 * between / (m * n);
    }

    private static int[] drawn(int all, int wanted, SplittableRandom random) {
        int[] order = IntStream.range(0, all).toArray();
        for (int i = 0; i < wanted; i++) {
            int other = random.nextInt(i, all);
            int place = order[i];
            order[i] = order[other];
            order[other] = place;
        }
        int[] drawn = Arrays.copyOf(order, wanted);
        Arrays.sort(drawn);
        return drawn;
    }
}
