package io.mlcicd.drift.multivariate;

import io.mlcicd.document.Figures;
import io.mlcicd.drift.multivariate.CorrelationFinding.PairChange;
import io.mlcicd.drift.multivariate.Correlations.Coefficient;
import io.mlcicd.drift.multivariate.EncodedColumn.Kind;
import io.mlcicd.statistic.MultipleTesting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Compares the correlations of numeric columns: {@link FisherZ} of each pair, corrected for the number of pairs by
 * Benjamini and Hochberg. Of more than {@value #MOST_COLUMNS} numeric columns as many are chosen at random. Pairs of which
 * a column is constant on a side, or has fewer than ten rows with both values, are left out.
 */
final class CorrelationDrift {

    static final int MOST_COLUMNS = 200;

    private static final int LEAST_ROWS = 10;
    private static final int NAMED = 3;

    private CorrelationDrift() {}

    /** A pair with its uncorrected p-value. */
    private record Tested(PairChange pair, double pValue) {}

    /** The finding; empty when there is no pair of columns to compare. */
    static Optional<CorrelationFinding> of(List<EncodedColumn> all, MultivariateRequest request) {
        List<EncodedColumn> columns = chosen(all, request.seed());
        Correlations before = Correlations.of(
                columns.stream().map(column -> column.sides().reference()).toArray(double[][]::new));
        Correlations now = Correlations.of(
                columns.stream().map(column -> column.sides().current()).toArray(double[][]::new));
        List<Tested> tested = IntStream.range(0, columns.size())
                .parallel()
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, columns.size())
                        .mapToObj(j -> test(columns.get(i), columns.get(j), before.of(i, j), now.of(i, j)))
                        .flatMap(Optional::stream))
                .toList();
        return tested.isEmpty() ? Optional.empty() : Optional.of(finding(tested, columns.size(), request));
    }

    private static List<EncodedColumn> chosen(List<EncodedColumn> all, long seed) {
        List<EncodedColumn> numeric = new ArrayList<>(
                all.stream().filter(column -> column.kind() == Kind.NUMBER).toList());
        if (numeric.size() <= MOST_COLUMNS) {
            return numeric;
        }
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, numeric.size()).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        return places.subList(0, MOST_COLUMNS).stream()
                .sorted()
                .map(numeric::get)
                .toList();
    }

    private static Optional<Tested> test(
            EncodedColumn first, EncodedColumn second, Coefficient before, Coefficient now) {
        if (Math.min(before.rows(), now.rows()) < LEAST_ROWS || Double.isNaN(before.r()) || Double.isNaN(now.r())) {
            return Optional.empty();
        }
        double p = FisherZ.of(before.r(), before.rows(), now.r(), now.rows()).pValue();
        return Optional.of(new Tested(new PairChange(first.name(), second.name(), before.r(), now.r(), p), p));
    }

    private static CorrelationFinding finding(List<Tested> tested, int columns, MultivariateRequest request) {
        double[] corrected = MultipleTesting.benjaminiHochberg(
                tested.stream().mapToDouble(Tested::pValue).toArray());
        List<PairChange> changed = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            if (corrected[i] < request.alpha()) {
                PairChange pair = tested.get(i).pair();
                changed.add(
                        new PairChange(pair.first(), pair.second(), pair.reference(), pair.current(), corrected[i]));
            }
        }
        changed.sort(Comparator.comparingDouble(PairChange::change)
                .reversed()
                .thenComparing(PairChange::first)
                .thenComparing(PairChange::second));
        double greatest = changed.isEmpty() ? 0 : changed.get(0).change();
        return new CorrelationFinding(
                greatest,
                changed.size(),
                tested.size(),
                columns,
                request.correlationThreshold(),
                greatest >= request.correlationThreshold(),
                changed.subList(0, Math.min(CorrelationFinding.LISTED, changed.size())),
                message(changed, tested.size()));
    }

    private static String message(List<PairChange> changed, int tested) {
        if (changed.isEmpty()) {
            return tested == 1
                    ? "the correlation of the one pair of numeric columns did not change significantly"
                    : "none of %d correlations of numeric columns changed significantly".formatted(tested);
        }
        List<String> pairs = changed.stream()
                .limit(NAMED)
                .map(pair -> "of '%s' and '%s' from %s to %s"
                        .formatted(
                                pair.first(),
                                pair.second(),
                                Figures.number(round(pair.reference())),
                                Figures.number(round(pair.current()))))
                .toList();
        return "%d of %d correlations of numeric columns changed significantly, most that %s"
                .formatted(changed.size(), tested, Figures.listed(pairs));
    }

    private static double round(double r) {
        return Math.rint(r * 1000) / 1000;
    }
}
