package io.mlcicd.evaluation;

import io.mlcicd.data.Row;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.MetricFamily;
import io.mlcicd.evaluation.metric.SummedFamily;
import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import io.mlcicd.evaluation.metric.Tally;
import io.mlcicd.evaluation.metric.TaskMetrics;
import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Metrics of all rows and of every slice, exactly, in one ordered pass for each family of metrics. */
final class Measuring {

    private final CodedRows rows;
    private final TaskMetrics task;
    private final Sampling sampling;
    private final Set<String> notes = new LinkedHashSet<>();

    Measuring(CodedRows rows, TaskMetrics task, Sampling sampling) {
        this.rows = rows;
        this.task = task;
        this.sampling = sampling;
    }

    /**
     * What was measured of the same rows.
     *
     * @param metrics metric name to value
     * @param uncertainties of those metrics for which it could be calculated
     * @param errors metric name to by how much it may be off, where near scores were taken as equal
     * @param tallies of the families, in their order
     */
    record Measured(
            Map<String, Double> metrics,
            Map<String, Uncertainty> uncertainties,
            Map<String, Double> errors,
            List<Tally> tallies) {}

    /**
     * All rows, and every slice.
     *
     * @param slices by grouping and value, in their order
     */
    record Everything(Measured whole, List<List<Measured>> slices) {}

    Everything of(JudgedColumns columns) throws InterruptedException {
        List<Double> totals = totals();
        List<List<Double>> totalsOfSlices = totalsOfSlices();
        List<Tally> whole = new ArrayList<>();
        List<List<List<Tally>>> ofSlices = new ArrayList<>();
        for (SliceGroups groups : rows.groups()) {
            List<List<Tally>> values = new ArrayList<>();
            groups.values().forEach(value -> values.add(new ArrayList<>()));
            ofSlices.add(values);
        }
        for (MetricFamily given : task.families(columns)) {
            MetricFamily family = rows.areMany() ? given.condensed().orElse(given) : given;
            Tally tally = family.tally().apply(totals.get(0)).withPictures();
            whole.add(tally);
            List<Tally[]> splits = new ArrayList<>();
            for (int g = 0; g < rows.groups().size(); g++) {
                Tally[] tallies = new Tally[rows.groups().get(g).values().size()];
                for (int v = 0; v < tallies.length; v++) {
                    tallies[v] = family.tally().apply(totalsOfSlices.get(g).get(v));
                    ofSlices.get(g).get(v).add(tallies[v]);
                }
                splits.add(tallies);
            }
            Optional<SummedFamily> sums = rows.areMany() ? family.summed() : Optional.empty();
            if (sums.isPresent()) {
                summed(sums.get(), tally, splits);
            }
            if (rows.areMany() && (family.isRanked() || (family.ofCodes() && sums.isEmpty()))) {
                added(columns, family, tally, splits);
            } else if (sums.isEmpty()) {
                pass(family, tally, splits);
            }
        }
        Everything everything = new Everything(
                measured(columns, whole),
                ofSlices.stream()
                        .map(values -> values.stream()
                                .map(tallies -> measured(columns, tallies))
                                .toList())
                        .toList());
        notes.addAll(LevelErrors.sentences(
                everything, columns.side() == Side.CHAMPION, rows.engine().mostAdded()));
        return everything;
    }

    /** A row has the family's expressions, its weight, and then the code of its slice in each grouping. */
    private void pass(MetricFamily family, Tally whole, List<Tally[]> splits) throws InterruptedException {
        int weight = family.expressions().size();
        Tally[][] all = splits.toArray(Tally[][]::new);
        boolean sampled = sampling.goesAlong(family);
        if (sampled) {
            sampling.goAlong();
        }
        rows.scan(family.expressions(), family.order(), row -> {
            double w = row[weight];
            whole.add(row, w);
            for (int g = 0; g < all.length; g++) {
                all[g][(int) row[weight + 1 + g]].add(row, w);
            }
            if (sampled) {
                sampling.add(row, weight + 1);
            }
        });
    }

    /** What arrives is one row for each different one, of all rows and of each slice. */
    private void added(JudgedColumns columns, MetricFamily family, Tally whole, List<Tally[]> splits)
            throws InterruptedException {
        LevelledRows.Tallies tallies =
                (grouping, value) -> grouping == AddedRows.WHOLE ? whole : splits.get(grouping)[value];
        if (family.ofCodes()) {
            new AddedRows(rows)
                    .scan(
                            family.expressions(),
                            (grouping, value, row, weight, squares) ->
                                    tallies.of(grouping, value).add(row, weight, squares));
        } else {
            LevelledRows.scan(rows, family, Math.max(2, columns.classes().size()), tallies);
        }
    }

    /** What arrives is one row of sums for each group of codes, of all rows and of each slice. */
    private void summed(SummedFamily family, Tally whole, List<Tally[]> splits) throws InterruptedException {
        double[] facts = new double[family.facts().size()];
        if (facts.length > 0) {
            String aggregates = family.facts().stream()
                    .map(fact -> "CAST(" + fact + " AS DOUBLE)")
                    .collect(Collectors.joining(", "));
            rows.engine()
                    .scan(
                            "SELECT " + aggregates + " FROM " + rows.from(),
                            facts.length,
                            row -> System.arraycopy(row, 0, facts, 0, facts.length));
        }
        Sums sums = family.sums().apply(facts);
        new AddedRows(rows)
                .scan(
                        Collections.nCopies(rows.groups().size() + 1, sums.codes()),
                        sums.summed(),
                        sums.greatest(),
                        sums.rows(),
                        "1, 2",
                        (grouping, value, codes, found, weight, squares) -> {
                            Tally tally = grouping == AddedRows.WHOLE ? whole : splits.get(grouping)[value];
                            sums.adding().add(tally, codes, found, weight, squares);
                        });
    }

    /** What a reader must know of how metrics were computed. */
    Set<String> notes() {
        return Collections.unmodifiableSet(notes);
    }

    private List<Double> totals() throws InterruptedException {
        Row row = rows.engine()
                .query("SELECT SUM(CAST(weight AS DOUBLE)) AS w FROM " + rows.from())
                .get(0);
        return List.of(row.number("w").orElse(0));
    }

    private List<List<Double>> totalsOfSlices() throws InterruptedException {
        List<List<Double>> totals = new ArrayList<>();
        for (SliceGroups groups : rows.groups()) {
            Double[] weights = new Double[groups.values().size()];
            Arrays.fill(weights, 0.0);
            for (Row row : rows.engine()
                    .query("SELECT " + groups.column() + " AS g, SUM(CAST(weight AS DOUBLE)) AS w FROM " + rows.from()
                            + " GROUP BY 1")) {
                weights[(int) row.count("g")] = row.number("w").orElse(0);
            }
            totals.add(List.of(weights));
        }
        return totals;
    }

    private Measured measured(JudgedColumns columns, List<Tally> tallies) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
        for (Tally tally : tallies) {
            tally.metrics(metrics);
            tally.uncertainties(uncertainties);
        }
        task.derive(columns, metrics);
        uncertainties.keySet().retainAll(metrics.keySet());
        return new Measured(metrics, uncertainties, errors(columns, tallies, metrics), List.copyOf(tallies));
    }

    /** Means of metrics are off by no more than the same means of their errors. */
    private Map<String, Double> errors(JudgedColumns columns, List<Tally> tallies, Map<String, Double> metrics) {
        Map<String, Double> errors = new LinkedHashMap<>();
        if (rows.areMany()) {
            tallies.forEach(tally -> tally.errors(metrics, errors));
            task.derive(columns, errors);
        }
        return errors;
    }
}
