package io.mlcicd.evaluation.metric;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Uncertainty;
import java.util.List;
import java.util.Map;

/**
 * Means over queries, from rows of query, score and relevance, those of a query together and in falling order of the score:
 * {@code ndcg} and {@code ndcg@k} (scikit-learn's {@code ndcg_score} with the relevance as gain), {@code map} (the mean of
 * {@code average_precision_score}), {@code mrr} (the mean reciprocal rank of the first relevant document), and
 * {@code precision@k}, {@code recall@k} and {@code hitRate@k}. A query counts as its rows weigh on average. Queries without
 * a relevant document are left out of all means, for no order of theirs is better than another.
 */
final class RankingTally implements Tally {

    private final RankedQuery query;
    private final MeanMetric ndcg = new MeanMetric("ndcg", 0, 1);
    private final MeanMetric precision = new MeanMetric("map", 0, 1);
    private final MeanMetric reciprocalRank = new MeanMetric("mrr", 0, 1);
    private final MeanMetric[] ndcgs;
    private final MeanMetric[] precisions;
    private final MeanMetric[] recalls;
    private final ShareMetric[] hits;
    private double code;
    private double weights;
    private long queries;
    private long unanswerable;

    RankingTally(int[] cutoffs, Discounts discounts) {
        query = new RankedQuery(cutoffs, discounts);
        ndcgs = new MeanMetric[cutoffs.length];
        precisions = new MeanMetric[cutoffs.length];
        recalls = new MeanMetric[cutoffs.length];
        hits = new ShareMetric[cutoffs.length];
        for (int i = 0; i < cutoffs.length; i++) {
            ndcgs[i] = new MeanMetric("ndcg@" + cutoffs[i], 0, 1);
            precisions[i] = new MeanMetric("precision@" + cutoffs[i], 0, 1);
            recalls[i] = new MeanMetric("recall@" + cutoffs[i], 0, 1);
            hits[i] = new ShareMetric("hitRate@" + cutoffs[i]);
        }
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        double relevance = row[2];
        if (relevance < 0) {
            throw new InvalidInputException(
                    "the label of a ranking is the relevance of a document, 0 or more, but one is " + relevance
                            + "; give documents that are not relevant 0");
        }
        if (query.size() > 0 && row[0] != code) {
            end();
        }
        code = row[0];
        weights += weight;
        query.add(row[1], relevance);
    }

    private void end() {
        if (query.size() == 0) {
            return;
        }
        queries++;
        if (query.answerable()) {
            query.measure();
            count(weights / query.size());
        } else {
            unanswerable++;
        }
        query.clear();
        weights = 0;
    }

    private void count(double weight) {
        ndcg.add(query.ndcg(), weight);
        precision.add(query.averagePrecision(), weight);
        reciprocalRank.add(query.reciprocalRank(), weight);
        for (int i = 0; i < ndcgs.length; i++) {
            ndcgs[i].add(query.ndcg(i), weight);
            precisions[i].add(query.precision(i), weight);
            recalls[i].add(query.recall(i), weight);
            hits[i].add(query.hit(i), weight);
        }
    }

    /**
     * Adds many queries at once, by what {@link RankingSums} sums.
     *
     * @param answerable whether each of them has a relevant document
     */
    void addSums(boolean answerable, double[] sums, double weight, double squares) {
        long count = Math.round(sums[0]);
        queries += count;
        if (!answerable) {
            unanswerable += count;
            return;
        }
        int at = 1;
        for (MeanMetric mean : List.of(ndcg, precision, reciprocalRank)) {
            mean.addSums(weight, squares, sums[at], sums[at + 1]);
            at += 2;
        }
        for (int i = 0; i < ndcgs.length; i++) {
            for (MeanMetric mean : List.of(ndcgs[i], precisions[i], recalls[i])) {
                mean.addSums(weight, squares, sums[at], sums[at + 1]);
                at += 2;
            }
        }
        for (ShareMetric hit : hits) {
            hit.addSums(weight, squares, sums[at++]);
        }
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        end();
        metrics.put("queries", (double) queries);
        ndcg.metric(metrics);
        precision.metric(metrics);
        reciprocalRank.metric(metrics);
        for (int i = 0; i < ndcgs.length; i++) {
            ndcgs[i].metric(metrics);
            precisions[i].metric(metrics);
            recalls[i].metric(metrics);
            hits[i].metric(metrics);
        }
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        end();
        ndcg.uncertainty(uncertainties);
        precision.uncertainty(uncertainties);
        reciprocalRank.uncertainty(uncertainties);
        for (int i = 0; i < ndcgs.length; i++) {
            ndcgs[i].uncertainty(uncertainties);
            precisions[i].uncertainty(uncertainties);
            recalls[i].uncertainty(uncertainties);
            hits[i].uncertainty(uncertainties);
        }
    }

    long queries() {
        end();
        return queries;
    }

    /** How many queries have no relevant document. */
    long unanswerable() {
        end();
        return unanswerable;
    }
}
