package io.mlcicd.drift.learner;

import java.util.stream.IntStream;

/** A matrix with its values as bins. */
final class BinnedMatrix {

    private final FeatureBins[] bins;
    private final byte[][] codes;
    private final int rows;

    BinnedMatrix(Matrix x, int maxBins, long seed) {
        rows = x.rows();
        bins = new FeatureBins[x.columns()];
        codes = new byte[x.columns()][];
        IntStream.range(0, x.columns()).parallel().forEach(c -> {
            bins[c] = FeatureBins.of(x.column(c), maxBins, seed + c);
            codes[c] = bins[c].codes(x.column(c));
        });
    }

    int rows() {
        return rows;
    }

    int columns() {
        return codes.length;
    }

    /** The bins of a column's rows, as unsigned bytes. */
    byte[] codes(int column) {
        return codes[column];
    }

    /** A column's bin of missing values; all lesser ones are of values. */
    int missing(int column) {
        return bins[column].missing();
    }

    /** The greatest value that may be in that bin. */
    double upper(int column, int bin) {
        return bins[column].upper(bin);
    }
}
