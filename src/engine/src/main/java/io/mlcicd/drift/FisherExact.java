package io.mlcicd.drift;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Fisher's exact test of whether two rows of counts come from one distribution: the probability, given all sums of rows
 * and columns, of tables that are no likelier than the one observed. Of two categories it equals scipy's {@code
 * fisher_exact}; of more it is the extension of Freeman and Halton, computed over all tables as long as these are few, else
 * over {@value #DRAWS} tables drawn with a fixed seed, so that the same data always give the same p-value.
 *
 * <p>Sources: R. A. Fisher, Statistical Methods for Research Workers, 1934; G. H. Freeman and J. H. Halton, Biometrika
 * 38, 1951; the observed table counts among those drawn, see B. Phipson and G. K. Smyth, Statistical Applications in
 * Genetics and Molecular Biology 9, 2010.
 */
final class FisherExact {

    /** From this least expected count on the chi-square test is close enough (W. G. Cochran, Biometrics 10, 1954). */
    static final double ENOUGH_EXPECTED = 5;

    /** Tables that are drawn where there are too many for a complete list. */
    static final int DRAWS = 20_000;

    /** Beyond so many rows the chi-square distribution answers, which then fails only where no drift is to be found. */
    private static final double MOST_ROWS = 50_000;

    private static final long MOST_STEPS = 500_000;
    private static final long SEED = 20_250_714;

    /** Probabilities that differ by less, relatively, differ by rounding only. */
    private static final double EQUAL = 1e-9;

    private FisherExact() {}

    /** The p-value of that table, 0 to 1. */
    static double pValue(Contingency table) {
        double[] reference = table.reference();
        double[] current = table.current();
        double rows = table.referenceRows() + table.currentRows();
        if (reference.length < 2) {
            return 1;
        }
        if (reference.length == 2 && rows <= Integer.MAX_VALUE) {
            return ofTwo(reference, current);
        }
        if (rows > MOST_ROWS) {
            return ChiSquare.of(reference, current).pValue();
        }
        AllTables all = new AllTables(reference, current);
        double exact = all.pValue();
        return Double.isNaN(exact) ? drawn(reference, current, all) : exact;
    }

    /**
     * Two categories: one cell tells the table. Its probabilities are taken relative to that of the likeliest table, from
     * which they fall on both sides.
     */
    static double ofTwo(double[] reference, double[] current) {
        double size = reference[0] + reference[1];
        double otherSize = current[0] + current[1];
        double found = reference[0] + current[0];
        double observed = reference[0];
        double least = Math.max(0, found - otherSize);
        double most = Math.min(found, size);
        double mode = Math.min(most, Math.max(least, Math.floor((size + 1) * (found + 1) / (size + otherSize + 2))));
        double ofObserved = observed == mode ? 1 : 0;
        for (int direction = -1; direction <= 1; direction += 2) {
            double term = 1;
            for (double k = mode; observed != mode && ofObserved == 0 && term > 0; k += direction) {
                if (k == observed) {
                    ofObserved = term;
                }
                term *= ratio(k, direction, size, found, otherSize);
            }
        }
        double limit = ofObserved * (1 + 1e-11);
        double all = 0;
        double unlikely = 0;
        for (int direction = -1; direction <= 1; direction += 2) {
            double term = 1;
            for (double k = mode; k >= least && k <= most && term > 0; k += direction) {
                boolean counted = direction == 1 && k == mode;
                if (!counted) {
                    all += term;
                    unlikely += term <= limit ? term : 0;
                }
                term *= ratio(k, direction, size, found, otherSize);
            }
        }
        return Math.min(1, unlikely / all);
    }

    /** The probability of the next table in that direction over that of this one. */
    private static double ratio(double k, int direction, double size, double found, double otherSize) {
        return direction == 1
                ? (size - k) / (k + 1) * ((found - k) / (otherSize - found + k + 1))
                : k / (size - k + 1) * ((otherSize - found + k) / (found - k + 1));
    }

    private static double drawn(double[] reference, double[] current, AllTables all) {
        int[] category = new int
                [(int) (Arrays.stream(reference).sum() + Arrays.stream(current).sum())];
        int filled = 0;
        for (int i = 0; i < reference.length; i++) {
            int end = filled + (int) (reference[i] + current[i]);
            Arrays.fill(category, filled, end, i);
            filled = end;
        }
        // Drawing the smaller row tells the other.
        double[] smaller =
                Arrays.stream(reference).sum() <= Arrays.stream(current).sum() ? reference : current;
        int size = (int) Arrays.stream(smaller).sum();
        double observed = all.logWeight(smaller) + EQUAL;
        SplittableRandom random = new SplittableRandom(SEED);
        double[] counts = new double[reference.length];
        long unlikely = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < size; i++) {
                int j = i + random.nextInt(category.length - i);
                int taken = category[j];
                category[j] = category[i];
                category[i] = taken;
                counts[taken]++;
            }
            unlikely += all.logWeight(counts) <= observed ? 1 : 0;
        }
        return (double) unlikely / (DRAWS + 1);
    }

    /**
     * All tables with the sums of one table, category by category. Whole branches are taken or left at once where even the
     * likeliest or the least likely of their tables are on one side of the observed one (C. R. Mehta and N. R. Patel,
     * Journal of the American Statistical Association 78, 1983).
     */
    private static final class AllTables {

        private final double[] sums;
        private final double[] reference;
        private final double size;
        private final double[] rest;
        private final double[] logFactorials;
        private long steps;

        AllTables(double[] reference, double[] current) {
            this.reference = reference;
            this.size = Arrays.stream(reference).sum();
            sums = new double[reference.length];
            rest = new double[reference.length + 1];
            for (int i = sums.length - 1; i >= 0; i--) {
                sums[i] = reference[i] + current[i];
                rest[i] = rest[i + 1] + sums[i];
            }
            logFactorials = new double[(int) rest[0] + 1];
            for (int i = 2; i < logFactorials.length; i++) {
                logFactorials[i] = LogGamma.value(i + 1.0);
            }
        }

        /** The logarithm of a table's probability, up to a constant; the table is told by either of its rows. */
        double logWeight(double[] counts) {
            double weight = 0;
            for (int i = 0; i < sums.length; i++) {
                weight += choose(sums[i], counts[i]);
            }
            return weight;
        }

        /** NaN when there are too many tables. */
        double pValue() {
            double observed = logWeight(reference) + EQUAL;
            double p = unlikely(0, size, 0, observed, choose(rest[0], size));
            return steps > MOST_STEPS ? Double.NaN : Math.min(1, p);
        }

        /** The probability of the unlikely tables that begin like this. */
        private double unlikely(int category, double left, double weight, double observed, double total) {
            steps++;
            if (steps > MOST_STEPS) {
                return 0;
            }
            if (category == sums.length) {
                return weight <= observed ? Math.exp(weight - total) : 0;
            }
            double all = choose(rest[category], left);
            // The product of the categories' terms is at most their number of ways together, and at least one.
            if (weight + all <= observed) {
                return Math.exp(weight + all - total);
            }
            if (weight > observed) {
                return 0;
            }
            double p = 0;
            double most = Math.min(left, sums[category]);
            for (double k = Math.max(0, left - rest[category + 1]); k <= most; k++) {
                p += unlikely(category + 1, left - k, weight + choose(sums[category], k), observed, total);
            }
            return p;
        }

        /** The logarithm of the number of ways to choose some of many. */
        private double choose(double n, double k) {
            return logFactorials[(int) n] - logFactorials[(int) k] - logFactorials[(int) (n - k)];
        }
    }
}
