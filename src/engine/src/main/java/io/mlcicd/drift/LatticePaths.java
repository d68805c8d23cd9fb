package io.mlcicd.drift;

import java.util.Arrays;

/**
 * The exact distribution of the Cramér–von Mises statistic of two small samples: every order of the pooled values is a
 * path over a lattice, and paths are counted by the sum of squares along them (Y. Xiao, A. Gordon and A. Yakovlev, Journal
 * of Statistical Software 17 (8), 2006, algorithm 1).
 */
final class LatticePaths {

    private final int n;
    private final int m;
    private final long leastCommonMultiple;
    private final long[] sums;
    private final double[] paths;

    private LatticePaths(int n, int m, long leastCommonMultiple, Counts all) {
        this.n = n;
        this.m = m;
        this.leastCommonMultiple = leastCommonMultiple;
        this.sums = all.sums;
        this.paths = all.paths;
    }

    /** The paths of samples of these sizes, 1 to 20. */
    static LatticePaths of(int n, int m) {
        long lcm = (long) n * m / greatestCommonDivisor(n, m);
        long a = lcm / n;
        long b = lcm / m;
        Counts[] row = new Counts[n + 1];
        Arrays.fill(row, Counts.NONE);
        row[0] = new Counts(new long[] {0}, new double[] {1});
        for (int u = 0; u <= m; u++) {
            Counts left = Counts.NONE;
            for (int v = 0; v <= n; v++) {
                long distance = a * v - b * u;
                left = left.and(row[v], distance * distance);
                row[v] = left;
            }
        }
        return new LatticePaths(n, m, lcm, row[n]);
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }

    boolean isOf(int n, int m) {
        return this.n == n && this.m == m;
    }

    long leastCommonMultiple() {
        return leastCommonMultiple;
    }

    /** The share of paths with at least that sum. */
    double shareFrom(long least) {
        double all = 0;
        double found = 0;
        for (int i = 0; i < sums.length; i++) {
            all += paths[i];
            found += sums[i] >= least ? paths[i] : 0;
        }
        return found / all;
    }

    /** How many paths have which sum; sums rise. */
    private static final class Counts {

        private static final Counts NONE = new Counts(new long[0], new double[0]);

        private final long[] sums;
        private final double[] paths;

        private Counts(long[] sums, double[] paths) {
            this.sums = sums;
            this.paths = paths;
        }

        /** These and other paths, all of them with something more. */
        Counts and(Counts other, long more) {
            long[] mergedSums = new long[sums.length + other.sums.length];
            double[] mergedPaths = new double[mergedSums.length];
            int i = 0;
            int j = 0;
            int size = 0;
            while (i < sums.length || j < other.sums.length) {
                boolean mine = j == other.sums.length || (i < sums.length && sums[i] <= other.sums[j]);
                long sum = mine ? sums[i] : other.sums[j];
                double count = 0;
                if (i < sums.length && sums[i] == sum) {
                    count += paths[i++];
                }
                if (j < other.sums.length && other.sums[j] == sum) {
                    count += other.paths[j++];
                }
                mergedSums[size] = sum + more;
                mergedPaths[size++] = count;
            }
            return new Counts(Arrays.copyOf(mergedSums, size), Arrays.copyOf(mergedPaths, size));
        }
    }
}
