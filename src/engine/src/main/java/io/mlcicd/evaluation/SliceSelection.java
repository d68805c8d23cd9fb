package io.mlcicd.evaluation;

import io.mlcicd.evaluation.SliceSearch.Finding;
import io.mlcicd.evaluation.SliceTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Picks findings that do not repeat one another: each must tell worse rows from better ones where those before it do not.
 */
final class SliceSelection {

    /** Cells are counted by bits of one whole number. */
    private static final int MOST_AT_ONCE = 60;

    private final SliceTable table;
    private final Slicing.Search search;
    private final boolean wrongOrRight;
    private final double leastDifference;

    /**
     * A selection.
     *
     * @param leastDifference of mean losses, for less is not worth a word
     */
    SliceSelection(SliceTable table, Slicing.Search search, boolean wrongOrRight, double leastDifference) {
        this.leastDifference = leastDifference;
        this.table = table;
        this.search = search;
        this.wrongOrRight = wrongOrRight;
    }

    /** The first of each kind, in the same order. */
    List<Finding> of(List<Finding> findings) throws InterruptedException {
        List<Finding> picked = new ArrayList<>();
        int next = 0;
        while (next < findings.size() && picked.size() < Math.min(search.most(), MOST_AT_ONCE - 1)) {
            int end = Math.min(findings.size(), next + MOST_AT_ONCE - picked.size());
            pick(picked, findings.subList(next, end));
            next = end;
        }
        return picked;
    }

    private void pick(List<Finding> picked, List<Finding> candidates) throws InterruptedException {
        List<Finding> both = new ArrayList<>(picked);
        both.addAll(candidates);
        List<Cell> cells = table.cells(both.stream().map(Finding::conditions).toList());
        long before = (1L << picked.size()) - 1;
        for (int i = picked.size(), first = i; i < both.size() && picked.size() < search.most(); i++) {
            if (isNews(cells, i, before, SliceSearch.LEVEL / (both.size() - first))) {
                before |= 1L << i;
                picked.add(both.get(i));
            }
        }
    }

    /** Whether a slice is worse among rows that those before it do not tell apart. */
    private boolean isNews(List<Cell> cells, int slice, long before, double level) {
        Map<Long, List<Cell>> strata = cells.stream()
                .collect(Collectors.groupingBy(cell -> cell.slices() & before, TreeMap::new, Collectors.toList()));
        return strata.values().stream().anyMatch(stratum -> {
            LossMoments mine = sum(stratum, cell -> cell.in(slice));
            LossMoments others = sum(stratum, cell -> !cell.in(slice));
            return mine.rows() >= search.minRows()
                    && others.rows() >= search.minRows()
                    && mine.mean() - others.mean() >= leastDifference
                    && mine.notGreater(others, wrongOrRight) < level / strata.size();
        });
    }

    private static LossMoments sum(List<Cell> cells, Predicate<Cell> which) {
        return LossMoments.sum(cells.stream().filter(which).map(Cell::moments).toList());
    }
}
