package io.mlcicd.drift.text;

import io.mlcicd.document.Figures;
import io.mlcicd.operation.InvalidInputException;

/**
 * How texts are compared, and when a column of them counts as drifted.
 *
 * @param rows how many texts of a side are read, at most; 100 to 1,000,000
 * @param seed of the draws
 * @param lengthThreshold texts drifted when the Kolmogorov–Smirnov statistic of their lengths in characters is at least
 *     that and significant; above 0, up to 1
 * @param alpha below which p-value the lengths differ significantly; above 0 and below 1
 * @param vocabularyThreshold texts drifted when the Jensen–Shannon distance of the vocabularies exceeds that between
 *     two parts of the reference by at least that; above 0, up to 1
 * @param oovThreshold texts drifted when the share of words new to the reference exceeds that between two parts of the
 *     reference by at least that; above 0, up to 1
 * @param aucThreshold texts drifted when the lower limit of the domain classifier's area under the ROC curve is above it;
 *     0.5 to 1
 */
public record TextRequest(
        int rows,
        long seed,
        double lengthThreshold,
        double alpha,
        double vocabularyThreshold,
        double oovThreshold,
        double aucThreshold) {

    /** 200,000 texts of a side; 0.1 for lengths at 0.05, 0.1 for the vocabulary, 0.05 for new words, 0.55 for the area. */
    public static final TextRequest USUAL = new TextRequest(200_000, 0, 0.1, 0.05, 0.1, 0.05, 0.55);

    /** @throws InvalidInputException when a number is out of its range; the message names the key */
    public TextRequest {
        require(rows >= 100 && rows <= 1_000_000, "rows", rows, "from 100 to 1000000");
        requireShare("lengthThreshold", lengthThreshold);
        require(alpha > 0 && alpha < 1, "alpha", alpha, "above 0 and below 1");
        requireShare("vocabularyThreshold", vocabularyThreshold);
        requireShare("oovThreshold", oovThreshold);
        require(aucThreshold >= 0.5 && aucThreshold <= 1, "aucThreshold", aucThreshold, "from 0.5 to 1");
    }

    private static void requireShare(String key, double value) {
        require(value > 0 && value <= 1, key, value, "above 0, up to 1");
    }

    private static void require(boolean holds, String key, double value, String range) {
        if (!holds) {
            throw new InvalidInputException(
                    "'drift.text.%s' is %s and must be %s".formatted(key, Figures.number(value), range));
        }
    }

    public TextRequest withRows(int most) {
        return new TextRequest(most, seed, lengthThreshold, alpha, vocabularyThreshold, oovThreshold, aucThreshold);
    }

    public TextRequest withSeed(long other) {
        return new TextRequest(rows, other, lengthThreshold, alpha, vocabularyThreshold, oovThreshold, aucThreshold);
    }
}
