package io.mlcicd.drift.multivariate;

import io.mlcicd.document.Figures;

/** P-values in words. */
final class Wording {

    private Wording() {}

    /** A p-value; below a ten-thousandth no digit of it matters. */
    static String pValue(double p) {
        return p < 1e-4 ? "p below 0.0001" : "p = " + Figures.number(p);
    }
}
