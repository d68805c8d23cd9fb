package io.mlcicd.evaluation;

import io.mlcicd.evaluation.metric.MetricFamily;
import io.mlcicd.evaluation.metric.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of a ranked family, of which those of one score were added up where the data are; where there are too many scores,
 * those of one level. Beside codes these count as of the level's least score, which is the threshold that takes all of it;
 * without codes as of the middle of its range.
 */
final class LevelledRows {

    private final CodedRows rows;
    private final ScoreLevels levels;
    private final int codes;
    private final Tallies tallies;
    private final double[] row;
    private final List<Held> held = new ArrayList<>();
    private int grouping = AddedRows.WHOLE;
    private int value;
    private double level = Double.NaN;
    private double least;
    private double greatest;

    private record Held(double code, double other, double weight, double squares) {}

    /** The tallies of all rows and of slices. */
    @FunctionalInterface
    interface Tallies {
        /**
         * The tally of a group of rows.
         *
         * @param grouping {@link AddedRows#WHOLE}, or the index of a grouping, of which {@code value} is a slice
         */
        Tally of(int grouping, int value);
    }

    private LevelledRows(CodedRows rows, ScoreLevels levels, int width, int codes, Tallies tallies) {
        this.rows = rows;
        this.levels = levels;
        this.codes = codes;
        this.tallies = tallies;
        this.row = new double[width];
    }

    /**
     * Adds all rows, and then each slice's, in falling order of the score, and tells of each level before its rows.
     *
     * @param family ranked
     * @param codes how many codes the second expression may be
     */
    static void scan(CodedRows rows, MetricFamily family, int codes, Tallies tallies) throws InterruptedException {
        ScoreLevels levels =
                ScoreLevels.of(rows.engine(), rows.from(), family.expressions().get(0));
        new LevelledRows(rows, levels, family.expressions().size(), codes, tallies)
                .scan(family.expressions().subList(1, family.expressions().size()));
    }

    private void scan(List<String> others) throws InterruptedException {
        List<List<String>> expressions = new ArrayList<>();
        expressions.add(expressions(others, 1));
        boolean exact = levels.exact(1);
        for (SliceGroups group : rows.groups()) {
            expressions.add(expressions(others, group.values().size()));
            exact &= levels.exact(group.values().size());
        }
        List<String> ends = exact ? List.of() : List.of("-(" + levels.score() + ")", levels.score());
        new AddedRows(rows)
                .scan(
                        expressions,
                        List.of(),
                        ends,
                        "1, 2, 3 DESC",
                        (ofGrouping, ofValue, found, extremes, weight, squares) -> {
                            if (ofGrouping != grouping || ofValue != value || found[0] != level) {
                                end();
                                grouping = ofGrouping;
                                value = ofValue;
                                level = found[0];
                                least = Double.POSITIVE_INFINITY;
                                greatest = Double.NEGATIVE_INFINITY;
                            }
                            least = Math.min(least, extremes.length > 0 ? -extremes[0] : level);
                            greatest = Math.max(greatest, extremes.length > 0 ? extremes[1] : level);
                            held.add(new Held(
                                    found.length > 1 ? found[1] : 0, found.length > 2 ? found[2] : 0, weight, squares));
                        });
        end();
    }

    private List<String> expressions(List<String> others, int groups) {
        return Stream.concat(Stream.of(levels.sql(groups)), others.stream()).toList();
    }

    private void end() {
        if (held.isEmpty()) {
            return;
        }
        Tally tally = tallies.of(grouping, value);
        double[] weights = new double[codes];
        held.forEach(some -> weights[(int) some.code()] += some.weight());
        tally.level(least, greatest, weights);
        row[0] = row.length > 1 || least == greatest ? least : least / 2 + greatest / 2;
        for (Held some : held) {
            if (row.length > 1) {
                row[1] = some.code();
            }
            if (row.length > 2) {
                row[2] = some.other();
            }
            tally.add(row, some.weight(), some.squares());
        }
        held.clear();
    }
}
