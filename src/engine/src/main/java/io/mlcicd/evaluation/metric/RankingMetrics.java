package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Set;

/**
 * Metrics of documents that are ranked by a score for each of several queries, 0 to 1, as means over the queries.
 * Definitions and sources stand with {@link RankingTally} and {@link RankedQuery}.
 */
public final class RankingMetrics implements TaskMetrics {

    private final int[] cutoffs;

    public RankingMetrics(MetricOptions options) {
        cutoffs = options.cutoffs().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .distinct()
                .toArray();
    }

    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        Discounts discounts = new Discounts();
        return List.of(MetricFamily.ofUnits(
                        List.of(columns.query(), columns.score(), columns.actual()),
                        weight -> new RankingTally(cutoffs, discounts))
                .orSummed(RankingSums.of(columns, cutoffs)));
    }

    @Override
    public Set<String> withoutInterval() {
        return Set.of("queries");
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof RankingTally ranking && ranking.unanswerable() > 0) {
                findings.note(ranking.unanswerable() + " of " + ranking.queries()
                        + " queries have no relevant document; the metrics leave them out");
            }
        }
    }
}
