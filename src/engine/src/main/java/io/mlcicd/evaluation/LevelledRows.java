package io.mlcicd.evaluation;

import io.mlcicd.evaluation.AddedRows.Each;
import io.mlcicd.evaluation.metric.MetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows of a ranked family, of which those of one score were added up where the data are; where there are too many scores,
 * those of one level, which then count as of their mean.
 */
final class LevelledRows {

    private final CodedRows rows;
    private final ScoreLevels levels;
    private final Optional<LevelErrors> errors;
    private final List<Held> held = new ArrayList<>();
    private int grouping = AddedRows.WHOLE;
    private int value;
    private double level = Double.NaN;

    private record Held(double code, double other, double sum, double weight, double squares) {}

    private LevelledRows(CodedRows rows, ScoreLevels levels, Optional<LevelErrors> errors) {
        this.rows = rows;
        this.levels = levels;
        this.errors = errors;
    }

    /**
     * Hands on all rows, and then each slice's, in falling order of the score.
     *
     * @param family ranked
     * @param classes how many codes the second expression may be
     * @return what a reader must know
     */
    static Optional<String> scan(CodedRows rows, MetricFamily family, int classes, Each each)
            throws InterruptedException {
        ScoreLevels levels = ScoreLevels.of(rows, family.expressions().get(0));
        boolean areas = family.expressions().size() > 1;
        LevelledRows levelled = new LevelledRows(
                rows, levels, areas && !levels.exact(1) ? Optional.of(new LevelErrors(classes)) : Optional.empty());
        levelled.scan(family.expressions().subList(1, family.expressions().size()), classes, each);
        return levelled.errors.flatMap(LevelErrors::sentence);
    }

    private void scan(List<String> codes, int classes, Each each) throws InterruptedException {
        List<List<String>> expressions = new ArrayList<>();
        expressions.add(expressions(codes, 1));
        rows.groups()
                .forEach(group ->
                        expressions.add(expressions(codes, group.values().size())));
        double[] row = new double[codes.size() + 1];
        new AddedRows(rows)
                .scan(
                        expressions,
                        List.of(levels.score()),
                        List.of(),
                        "1, 2, 3 DESC",
                        (ofGrouping, ofValue, found, sums, weight, squares) -> {
                            if (ofGrouping != grouping || ofValue != value || found[0] != level) {
                                end(row, classes, each);
                                grouping = ofGrouping;
                                value = ofValue;
                                level = found[0];
                            }
                            held.add(new Held(
                                    found.length > 1 ? found[1] : 0,
                                    found.length > 2 ? found[2] : 0,
                                    sums[0],
                                    weight,
                                    squares));
                        });
        end(row, classes, each);
    }

    private List<String> expressions(List<String> codes, int groups) {
        return Stream.concat(Stream.of(levels.sql(groups)), codes.stream()).toList();
    }

    private void end(double[] row, int classes, Each each) {
        if (held.isEmpty()) {
            return;
        }
        int groups = grouping == AddedRows.WHOLE
                ? 1
                : rows.groups().get(grouping).values().size();
        row[0] = levels.exact(groups) ? level : mean();
        double[] weights = new double[classes];
        for (Held some : held) {
            if (row.length > 1) {
                row[1] = some.code();
                weights[(int) some.code()] += some.weight();
            }
            if (row.length > 2) {
                row[2] = some.other();
            }
            each.rows(grouping, value, row, some.weight(), some.squares());
        }
        if (grouping == AddedRows.WHOLE) {
            errors.ifPresent(known -> known.add(weights));
        }
        held.clear();
    }

    private double mean() {
        double sum = 0;
        double weight = 0;
        for (Held some : held) {
            sum += some.sum();
            weight += some.weight();
        }
        return sum / weight;
    }
}
