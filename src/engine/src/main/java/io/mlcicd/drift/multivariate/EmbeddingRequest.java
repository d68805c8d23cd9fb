package io.mlcicd.drift.multivariate;

import io.mlcicd.operation.InvalidInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which embeddings are compared, and when one counts as drifted.
 *
 * @param embeddings by name, the columns that hold the vectors: one column of lists of numbers, or numeric columns, one for
 *     each dimension
 * @param sample how many rows of a side the classifier sees, at most; 100 to 100,000
 * @param kernelSample how many rows of a side are compared each with each, at most; 50 to 5,000
 * @param permutations of the test, 200 to 100,000
 * @param seed of the draws
 * @param alpha an embedding drifted when the test's p-value is below it; above 0 and below 1
 * @param aucThreshold an embedding also drifted when the lower limit of the domain classifier's area under the ROC curve is
 *     above it; 0.5 to 1
 */
public record EmbeddingRequest(
        Map<String, List<String>> embeddings,
        int sample,
        int kernelSample,
        int permutations,
        long seed,
        double alpha,
        double aucThreshold) {

    /** @throws InvalidInputException when a number is out of its range or an embedding has no columns */
    public EmbeddingRequest {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        embeddings.forEach((name, columns) -> {
            require(!columns.isEmpty(), name, "has no columns; name one of lists of numbers, or several of numbers");
            require(columns.stream().distinct().count() == columns.size(), name, "names a column twice");
            copy.put(name, List.copyOf(columns));
        });
        embeddings = Collections.unmodifiableMap(copy);
        require(sample >= 100 && sample <= 100_000, "sample", "must be from 100 to 100000");
        require(kernelSample >= 50 && kernelSample <= 5_000, "kernelSample", "must be from 50 to 5000");
        require(permutations >= 200 && permutations <= 100_000, "permutations", "must be from 200 to 100000");
        require(alpha > 0 && alpha < 1, "alpha", "must be above 0 and below 1");
        require(aucThreshold >= 0.5 && aucThreshold <= 1, "aucThreshold", "must be from 0.5 to 1");
    }

    private static void require(boolean holds, String key, String problem) {
        if (!holds) {
            throw new InvalidInputException("'drift.embeddings.%s' %s".formatted(key, problem));
        }
    }

    /** The usual settings: 5,000 rows of a side, 1,000 in the test of 500 permutations, 0.05 and 0.55. */
    public static EmbeddingRequest of(Map<String, List<String>> embeddings) {
        return new EmbeddingRequest(embeddings, 5_000, 1_000, 500, 0, 0.05, 0.55);
    }
}
