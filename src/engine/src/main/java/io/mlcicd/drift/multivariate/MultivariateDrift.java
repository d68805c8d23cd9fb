package io.mlcicd.drift.multivariate;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.learner.Matrix;
import io.mlcicd.drift.multivariate.EncodedColumn.Kind;
import io.mlcicd.drift.multivariate.MultivariateFindings.NotRun;
import io.mlcicd.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares all columns of two sides together by a sample of their rows, which shows what no column shows by itself, such
 * as a correlation that turned. Three checks look for it: a classifier that tries to tell the sides apart, the
 * reconstruction error by the reference's principal components, and the correlations of numeric columns.
 */
public final class MultivariateDrift {

    /** With fewer rows of a side, every check would find drift by chance or none at all. */
    private static final int LEAST_ROWS = 50;

    /** How many values of a side are held in memory; of very wide data fewer rows are drawn. */
    private static final int MOST_CELLS = 8_000_000;

    private static final int LEAST_SAMPLE = 1_000;

    private MultivariateDrift() {}

    /**
     * Compares.
     *
     * @param referenceSql the reference, as it goes after {@code FROM}
     * @param currentSql the current data, likewise
     * @param columns columns of both sides whose values compare, by the reference's types; lists, structures and blobs
     *     among them are left out
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static MultivariateFindings check(
            DataEngine engine,
            String referenceSql,
            String currentSql,
            List<Column> columns,
            MultivariateRequest request,
            Progress progress)
            throws InterruptedException {
        List<Column> suiting = columns.stream().filter(SampleEncoder::suits).toList();
        if (suiting.isEmpty()) {
            return nothing(0, 0, 0, "there is no column of numbers, truth values, dates or texts");
        }
        progress.step("drawing rows of all columns", 0);
        List<String> expressions = suiting.stream()
                .map(column -> SampleEncoder.expression(engine, column))
                .toList();
        Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
        int most = Math.min(request.sample(), Math.max(LEAST_SAMPLE, MOST_CELLS / suiting.size()));
        SampledRows reference = SampledRows.of(engine, referenceSql, expressions, names, "true", most, request.seed());
        SampledRows current = SampledRows.of(engine, currentSql, expressions, names, "true", most, request.seed() + 1);
        if (Math.min(reference.rows(), current.rows()) < LEAST_ROWS) {
            return nothing(
                    reference.rows(),
                    current.rows(),
                    suiting.size(),
                    "the reference has %d rows and the current data %d; at least %d of each are needed"
                            .formatted(reference.all(), current.all(), LEAST_ROWS));
        }
        List<EncodedColumn> encoded = new SampleEncoder(engine, reference, current).encode(suiting);
        return compare(encoded, reference.rows(), current.rows(), request, progress);
    }

    private static MultivariateFindings nothing(int reference, int current, int columns, String reason) {
        return new MultivariateFindings(
                false,
                reference,
                current,
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Stream.of("domain", "pca", "correlation")
                        .map(check -> new NotRun(check, reason))
                        .toList(),
                "columns were not compared together: " + reason);
    }

    private static MultivariateFindings compare(
            List<EncodedColumn> columns,
            int referenceRows,
            int currentRows,
            MultivariateRequest request,
            Progress progress)
            throws InterruptedException {
        List<NotRun> notRun = new ArrayList<>();
        progress.step("comparing correlations", 0.2);
        Optional<CorrelationFinding> correlation = CorrelationDrift.of(columns, request);
        if (correlation.isEmpty()) {
            notRun.add(new NotRun("correlation", whyNoCorrelation(columns)));
        }
        progress.step("reconstructing rows by principal components", 0.3);
        PcaColumns halves = ReconstructionDrift.columns(columns, referenceRows, request.seed());
        Optional<PcaFinding> pca = Optional.empty();
        if (ReconstructionDrift.possible(halves)) {
            pca = Optional.of(ReconstructionDrift.of(halves, request));
        } else {
            notRun.add(new NotRun("pca", "fewer than two columns vary in the reference"));
        }
        progress.step("telling the sides apart", 0.5);
        List<String> names = columns.stream().map(EncodedColumn::name).toList();
        DomainFinding domain = DomainFinding.of(
                DomainClassifier.separate(matrix(columns, names, true), matrix(columns, names, false), request.seed()),
                names,
                request.aucThreshold(),
                true);
        List<String> sentences = Stream.of(
                        Optional.of(domain).filter(DomainFinding::drifted).map(DomainFinding::message),
                        pca.filter(PcaFinding::drifted).map(PcaFinding::message),
                        correlation.filter(CorrelationFinding::drifted).map(CorrelationFinding::message))
                .flatMap(Optional::stream)
                .toList();
        return new MultivariateFindings(
                !sentences.isEmpty(),
                referenceRows,
                currentRows,
                columns.size(),
                Optional.of(domain),
                pca,
                correlation,
                notRun,
                sentences.isEmpty()
                        ? "taken together, the columns did not drift: " + domain.message()
                        : String.join("; ", sentences));
    }

    private static String whyNoCorrelation(List<EncodedColumn> columns) {
        long numeric =
                columns.stream().filter(column -> column.kind() == Kind.NUMBER).count();
        return numeric < 2
                ? "there are fewer than two numeric columns"
                : "no two numeric columns vary on both sides, in ten rows or more";
    }

    private static Matrix matrix(List<EncodedColumn> columns, List<String> names, boolean reference) {
        double[][] values = columns.stream()
                .map(EncodedColumn::sides)
                .map(sides -> reference ? sides.reference() : sides.current())
                .toArray(double[][]::new);
        return Matrix.ofColumns(names, values);
    }
}
