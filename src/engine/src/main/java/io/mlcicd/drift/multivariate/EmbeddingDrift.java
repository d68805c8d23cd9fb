package io.mlcicd.drift.multivariate;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.document.Figures;
import io.mlcicd.drift.learner.Matrix;
import io.mlcicd.drift.multivariate.DomainClassifier.Separation;
import io.mlcicd.drift.multivariate.EmbeddingFindings.EmbeddingFinding;
import io.mlcicd.drift.multivariate.MultivariateFindings.NotRun;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Compares embeddings, vectors that stand for texts, images or users, of two sides by a sample of their rows: by their
 * {@link MeanDiscrepancy}, and by a {@link DomainClassifier} on the dimensions.
 */
public final class EmbeddingDrift {

    private static final int LEAST_ROWS = 50;
    private static final String REFERENCE = "the reference";
    private static final String CURRENT = "the current data";

    private EmbeddingDrift() {}

    /**
     * Compares each embedding.
     *
     * @param referenceSql the reference, as it goes after {@code FROM}
     * @param currentSql the current data, likewise
     * @param columns the columns that both sides have
     * @throws InvalidInputException when an embedding's column is unknown or holds no vectors, or the vectors of the
     *     sample differ in dimension; the message names the row
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static EmbeddingFindings check(
            DataEngine engine,
            String referenceSql,
            String currentSql,
            List<Column> columns,
            EmbeddingRequest request,
            Progress progress)
            throws InterruptedException {
        List<EmbeddingFinding> findings = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        int done = 0;
        for (Map.Entry<String, List<String>> embedding : request.embeddings().entrySet()) {
            String name = embedding.getKey();
            progress.step(
                    "comparing embeddings " + name,
                    (double) done++ / request.embeddings().size());
            Vectors vectors = Vectors.of(engine, name, embedding.getValue(), columns);
            OptionalInt dimensions = vectors.dimensions(referenceSql, REFERENCE);
            if (dimensions.isEmpty()) {
                notRun.add(new NotRun(name, REFERENCE + " has no vectors"));
                continue;
            }
            int size = dimensions.getAsInt();
            double[][] before = vectors.read(referenceSql, REFERENCE, size, request.sample(), request.seed());
            double[][] now = vectors.read(currentSql, CURRENT, size, request.sample(), request.seed() + 1);
            if (Math.min(before.length, now.length) < LEAST_ROWS) {
                notRun.add(new NotRun(
                        name,
                        "%s has %d vectors and %s %d; at least %d of each are needed"
                                .formatted(REFERENCE, before.length, CURRENT, now.length, LEAST_ROWS)));
            } else {
                findings.add(compare(name, before, now, request));
            }
        }
        return new EmbeddingFindings(findings, notRun);
    }

    private static EmbeddingFinding compare(String name, double[][] before, double[][] now, EmbeddingRequest request)
            throws InterruptedException {
        double[][] first = spread(before, request.kernelSample());
        double[][] second = spread(now, request.kernelSample());
        MeanDiscrepancy discrepancy = MeanDiscrepancy.of(first, second, request.permutations(), request.seed());
        Separation separation = DomainClassifier.separate(matrix(before), matrix(now), request.seed());
        DomainFinding domain = DomainFinding.of(separation, matrix(before).names(), request.aucThreshold(), false);
        boolean differs = discrepancy.pValue() < request.alpha();
        return new EmbeddingFinding(
                name,
                before[0].length,
                first.length,
                second.length,
                discrepancy.squared(),
                discrepancy.pValue(),
                discrepancy.bandwidth(),
                request.alpha(),
                domain,
                differs || domain.drifted(),
                "the squared maximum mean discrepancy of the vectors '%s' is %s, which %s (%s, threshold %s); %s"
                        .formatted(
                                name,
                                Figures.number(discrepancy.squared()),
                                differs ? "vectors of one distribution seldom have" : "chance explains",
                                Wording.pValue(discrepancy.pValue()),
                                Figures.number(request.alpha()),
                                domain.message()));
    }

    /** Vectors at equal distances, where there are too many. */
    private static double[][] spread(double[][] vectors, int most) {
        if (vectors.length <= most) {
            return vectors;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> vectors[(int) ((long) i * vectors.length / most)])
                .toArray(double[][]::new);
    }

    private static Matrix matrix(double[][] vectors) {
        int dimensions = vectors[0].length;
        double[][] columns = new double[dimensions][vectors.length];
        for (int row = 0; row < vectors.length; row++) {
            for (int i = 0; i < dimensions; i++) {
                columns[i][row] = vectors[row][i];
            }
        }
        List<String> names = IntStream.range(0, dimensions)
                .mapToObj(i -> "dimension " + (i + 1))
                .toList();
        return Matrix.ofColumns(names, columns);
    }
}
