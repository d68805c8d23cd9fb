package io.mlcicd.evaluation;

import io.mlcicd.evaluation.SliceTable.Condition;
import io.mlcicd.statistic.MultipleTesting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at all slices up to a number of conditions, one pass over the rows for each combination of columns, and finds those
 * on which the losses are greater than on all other rows (the question of Y. Chung et al., "Slice Finder: automated data
 * slicing for model validation", ICDE 2019, and of S. Sagadeeva and M. Boehm, "SliceLine", SIGMOD 2021).
 */
final class SliceSearch {

    /** How many columns are combined in pairs, and in threes: about 200 passes each. */
    private static final List<Integer> MOST_COMBINED = List.of(20, 11);

    /** The share of false alarms that is put up with: one among twenty searches in which there is nothing to find. */
    static final double LEVEL = 0.05;

    /** A difference of less than so many standard deviations is not worth a word, however sure it is. */
    private static final double LEAST_EFFECT = 0.1;

    private final SliceTable table;
    private final Slicing.Search search;
    private final boolean wrongOrRight;
    private final LossMoments all;
    private final Map<List<Condition>, LossMoments> known = new HashMap<>();
    private final List<Finding> suspects = new ArrayList<>();
    private final double[] evidence;
    private long looked;
    private boolean columnsLeftOut;

    /**
     * A slice with what was found of it.
     *
     * @param pValue corrected for the number of slices that were looked at
     * @param effect the difference to all other rows in standard deviations of the loss
     */
    record Finding(List<Condition> conditions, LossMoments moments, LossMoments rest, double pValue, double effect) {

        /** Grows with how much worse the slice is, and with its size. */
        double score() {
            return effect * Math.sqrt(moments.effectiveRows());
        }

        private Finding corrected(double value) {
            return new Finding(conditions, moments, rest, value, effect);
        }
    }

    SliceSearch(SliceTable table, Slicing.Search search, boolean wrongOrRight, LossMoments all) {
        this.table = table;
        this.search = search;
        this.wrongOrRight = wrongOrRight;
        this.all = all;
        this.evidence = new double[table.columns().size()];
    }

    /** The slices on which the model does clearly worse, the greatest score first. */
    List<Finding> run() throws InterruptedException {
        List<Integer> columns = new ArrayList<>();
        for (int position = 0; position < table.columns().size(); position++) {
            columns.add(position);
        }
        look(columns, 1);
        for (int depth = 2; depth <= search.depth(); depth++) {
            columns = strongest(columns, MOST_COMBINED.get(depth - 2));
            look(columns, depth);
        }
        return corrected().stream()
                .filter(finding -> finding.pValue() < LEVEL && finding.effect() >= LEAST_EFFECT)
                .sorted(Comparator.comparingDouble(Finding::score).reversed())
                .toList();
    }

    /** By how much a slice's mean loss must be greater to be worth a word. */
    double leastDifference() {
        return LEAST_EFFECT * Math.sqrt(all.variance());
    }

    /** How many slices were looked at. */
    long looked() {
        return looked;
    }

    /** Whether some columns were not combined with others, for there are too many. */
    boolean columnsLeftOut() {
        return columnsLeftOut;
    }

    /** The columns whose slices differ most from other rows, in their own order. */
    private List<Integer> strongest(List<Integer> columns, int most) {
        if (columns.size() <= most) {
            return columns;
        }
        columnsLeftOut = true;
        return columns.stream()
                .sorted(Comparator.comparingDouble((Integer position) -> -evidence[position]))
                .limit(most)
                .sorted()
                .toList();
    }

    private void look(List<Integer> columns, int depth) throws InterruptedException {
        for (List<Integer> combination : combinations(columns, depth)) {
            table.slices(combination, search.minRows(), this::look);
        }
    }

    private static List<List<Integer>> combinations(List<Integer> columns, int size) {
        List<List<Integer>> found = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < size; i++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> start : found) {
                for (int column : columns) {
                    if (start.isEmpty() || column > start.get(start.size() - 1)) {
                        List<Integer> combination = new ArrayList<>(start);
                        combination.add(column);
                        longer.add(combination);
                    }
                }
            }
            found = longer;
        }
        return found;
    }

    private void look(List<Condition> conditions, LossMoments moments) {
        if (conditions.size() < search.depth()) {
            known.put(conditions, moments);
        }
        LossMoments rest = all.minus(moments);
        if (rest.rows() < search.minRows()) {
            return;
        }
        looked++;
        double deviation = Math.sqrt(all.variance());
        double effect = deviation > 0 ? (moments.mean() - rest.mean()) / deviation : 0;
        Finding finding = new Finding(conditions, moments, rest, moments.notGreater(rest, wrongOrRight), effect);
        conditions.forEach(each -> evidence[each.column()] = Math.max(evidence[each.column()], finding.score()));
        if (finding.pValue() < LEVEL) {
            double pValue = Math.max(finding.pValue(), worseThanParents(conditions, moments));
            suspects.add(finding.corrected(pValue));
        }
    }

    /**
     * The p-value that the slice is no worse than the rows that have all of its conditions but one: unless each condition
     * matters, fewer tell it all. A slice is told when it is worse than those and than all others, so the greatest p-value
     * counts (R. L. Berger's intersection–union test, Technometrics 24, 1982).
     */
    private double worseThanParents(List<Condition> conditions, LossMoments moments) {
        double greatest = 0;
        for (int i = 0; i < conditions.size() && conditions.size() > 1; i++) {
            List<Condition> parent = new ArrayList<>(conditions);
            parent.remove(i);
            greatest = Math.max(greatest, moments.notGreater(known.get(parent).minus(moments), wrongOrRight));
        }
        return greatest;
    }

    private List<Finding> corrected() {
        double[] pValues = MultipleTesting.holm(
                suspects.stream().mapToDouble(Finding::pValue).toArray(), looked);
        List<Finding> corrected = new ArrayList<>();
        for (int i = 0; i < pValues.length; i++) {
            corrected.add(suspects.get(i).corrected(pValues[i]));
        }
        return corrected;
    }
}
