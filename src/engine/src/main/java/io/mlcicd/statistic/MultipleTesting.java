package io.mlcicd.statistic;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Corrections of p-values for the number of hypotheses that were tested, as in statsmodels' {@code multipletests}. */
public final class MultipleTesting {

    private MultipleTesting() {}

    /**
     * Holm's step-down correction, which keeps the chance of even one false finding (S. Holm, Scandinavian Journal of
     * Statistics 6, 1979).
     *
     * @param pValues of all hypotheses that were tested, 0 to 1
     * @return adjusted p-values in the same order
     */
    public static double[] holm(double[] pValues) {
        return holm(pValues, pValues.length);
    }

    /**
     * The same of the least p-values of many that were tested.
     *
     * @param pValues of some hypotheses, 0 to 1
     * @param tested how many were tested with them; the p-values of the others are none of the least
     */
    public static double[] holm(double[] pValues, long tested) {
        if (tested < pValues.length) {
            throw new IllegalArgumentException(pValues.length + " p-values of " + tested);
        }
        int[] order = rising(pValues);
        double[] adjusted = new double[pValues.length];
        double greatest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            greatest = Math.max(greatest, (tested - rank) * pValues[order[rank]]);
            adjusted[order[rank]] = Math.min(1, greatest);
        }
        return adjusted;
    }

    /**
     * Benjamini and Hochberg's step-up correction, which keeps the expected share of false findings (Journal of the Royal
     * Statistical Society B 57, 1995).
     *
     * @param pValues of all hypotheses that were tested, 0 to 1
     * @return adjusted p-values in the same order
     */
    public static double[] benjaminiHochberg(double[] pValues) {
        int[] order = rising(pValues);
        double[] adjusted = new double[pValues.length];
        double least = 1;
        for (int rank = order.length - 1; rank >= 0; rank--) {
            least = Math.min(least, pValues[order[rank]] * order.length / (rank + 1));
            adjusted[order[rank]] = least;
        }
        return adjusted;
    }

    private static int[] rising(double[] pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a p-value of " + p);
            }
        }
        return IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
