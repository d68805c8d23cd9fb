package io.mlcicd.drift;

import io.mlcicd.drift.Contingency.Rows;

/**
 * How many current rows are in categories that the reference lacks, and how many are to be expected there by chance.
 *
 * @param rows number of current rows in such categories
 * @param singletons number of the reference's categories that have one row
 */
record NewCategories(long rows, long singletons) {

    /** Share of the current rows, 0 to 1. */
    double share(Rows current) {
        return (double) rows / current.total();
    }

    /**
     * The chance of so many rows in new categories when both sides are samples of one distribution. Of the next row after
     * {@code n} that chance is about the share of rows which are the only ones in their category.
     *
     * <p>Source: I. J. Good, The population frequencies of species and the estimation of population parameters, Biometrika
     * 40, 1953.
     */
    double pValue(Rows reference, Rows current) {
        return Proportions.greater(rows, current.total(), singletons, reference.total());
    }
}
