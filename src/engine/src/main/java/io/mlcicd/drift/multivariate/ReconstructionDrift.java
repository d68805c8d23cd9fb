package io.mlcicd.drift.multivariate;

import io.mlcicd.document.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Whether the current rows still have the structure of the reference: when columns no longer go together as they did, the
 * principal components of the reference say less of a row, or in rare cases more.
 *
 * <p>Of each two consecutive rows of the reference, one at random goes into the half that the components are found from;
 * the other half, cut into chunks in the order of the data, gives the mean error and its standard deviation: that of the
 * chunks' means, but at least what the rows' own scatter makes of a chunk's mean, or of the current rows' mean if these
 * are fewer. The limits are so many standard deviations beside the mean. Chunks show how much the error moves within the
 * reference; NannyML's limits are of that kind.
 */
final class ReconstructionDrift {

    private static final int MOST_CHUNKS = 20;
    private static final int LEAST_CHUNK_ROWS = 10;

    /** Errors nearer than this differ by rounding. */
    private static final double ROUNDING = 1e-9;

    private ReconstructionDrift() {}

    /** Fewer than two columns that vary have no structure. */
    static boolean possible(PcaColumns columns) {
        return columns.size() >= 2;
    }

    /** The reference's columns as halves, and the current ones beside them. */
    static PcaColumns columns(List<EncodedColumn> columns, int referenceRows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] fitted = new int[referenceRows / 2];
        int[] held = new int[referenceRows / 2];
        for (int i = 0; i < fitted.length; i++) {
            int first = random.nextInt(2);
            fitted[i] = 2 * i + first;
            held[i] = 2 * i + 1 - first;
        }
        return PcaColumns.of(columns, fitted, held, seed);
    }

    static PcaFinding of(PcaColumns columns, MultivariateRequest request) {
        PrincipalComponents components = PrincipalComponents.of(columns.fitted(), request.variance());
        double[] reference = components.errors(columns.held());
        double[] current = components.errors(columns.current());
        int chunks = Math.max(1, Math.min(MOST_CHUNKS, reference.length / LEAST_CHUNK_ROWS));
        double expected = mean(reference);
        double sigma = sigma(reference, current.length, chunks);
        double error = mean(current);
        double lower = Math.max(0, expected - request.sigmas() * sigma);
        double upper = expected + request.sigmas() * sigma;
        boolean drifted = error < lower - ROUNDING || error > upper + ROUNDING;
        return new PcaFinding(
                error,
                expected,
                lower,
                upper,
                sigma > ROUNDING ? OptionalDouble.of((error - expected) / sigma) : OptionalDouble.empty(),
                drifted,
                columns.used(),
                columns.size(),
                components.kept(),
                chunks,
                message(error, expected, lower, upper, drifted));
    }

    /** The standard deviation to expect of the current rows' mean error. */
    static double sigma(double[] errors, int currentRows, int chunks) {
        double[] means = new double[chunks];
        for (int c = 0; c < chunks; c++) {
            int from = (int) ((long) c * errors.length / chunks);
            int to = (int) ((long) (c + 1) * errors.length / chunks);
            means[c] = mean(Arrays.copyOfRange(errors, from, to));
        }
        double ofRow = variance(errors);
        double chunkRows = (double) errors.length / chunks;
        double ofChunk = Math.max(variance(means), ofRow / chunkRows);
        return Math.sqrt(ofChunk + ofRow * Math.max(0, 1.0 / currentRows - 1 / chunkRows));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return values.length < 2
                ? 0
                : Arrays.stream(values)
                                .map(value -> (value - mean) * (value - mean))
                                .sum()
                        / (values.length - 1);
    }

    private static String message(double error, double expected, double lower, double upper, boolean drifted) {
        String where = drifted
                ? error > upper
                        ? "above the upper limit %s: columns no longer go together as they did"
                                .formatted(Figures.number(upper))
                        : "below the lower limit %s: rows vary in fewer ways than they did"
                                .formatted(Figures.number(lower))
                : "within the limits %s to %s".formatted(Figures.number(lower), Figures.number(upper));
        return "the mean reconstruction error by the reference's principal components is %s, the reference's own %s, %s"
                .formatted(Figures.number(error), Figures.number(expected), where);
    }
}
