package io.mlcicd.evaluation.metric;

import java.util.Arrays;

/**
 * The documents of one query in falling order of their score, and how good that order is. Documents of the same score have
 * no order: what depends on it is the expectation over all of their orders (F. McSherry, M. Najork, "Computing information
 * retrieval performance measures efficiently in the presence of tied scores", ECIR 2008), but for average precision, which
 * takes documents of one score together, as scikit-learn does.
 */
final class RankedQuery {

    private final int[] cutoffs;
    private final Discounts discounts;
    private final double[] gainsWithin;
    private final double[] foundWithin;
    private final double[] chancesWithin;
    private double[] relevances = new double[16];
    private int[] ends = new int[16];
    private int size;
    private int groups;
    private double score;
    private double relevant;
    private double gain;
    private double averagePrecision;
    private double reciprocalRank;

    /**
     * A query without documents.
     *
     * @param cutoffs rising strictly
     */
    RankedQuery(int[] cutoffs, Discounts discounts) {
        this.cutoffs = cutoffs;
        this.discounts = discounts;
        this.gainsWithin = new double[cutoffs.length];
        this.foundWithin = new double[cutoffs.length];
        this.chancesWithin = new double[cutoffs.length];
    }

    /** Forgets the documents. */
    void clear() {
        size = 0;
        groups = 0;
        relevant = 0;
    }

    int size() {
        return size;
    }

    /** Adds a document of at most the last one's score. */
    void add(double score, double relevance) {
        if (size > 0 && score != this.score) {
            endGroup();
        }
        this.score = score;
        if (size == relevances.length) {
            relevances = Arrays.copyOf(relevances, 2 * size);
        }
        relevances[size++] = relevance;
        if (relevance > 0) {
            relevant++;
        }
    }

    private void endGroup() {
        if (groups == ends.length) {
            ends = Arrays.copyOf(ends, 2 * groups);
        }
        ends[groups++] = size;
    }

    /** Measures the order of the documents, of which there is one at least; the relevances are sorted in doing so. */
    void measure() {
        endGroup();
        gain = 0;
        averagePrecision = 0;
        reciprocalRank = 0;
        Arrays.fill(gainsWithin, 0);
        Arrays.fill(foundWithin, 0);
        Arrays.fill(chancesWithin, 0);
        double[] sums = discounts.upTo(size);
        double found = 0;
        int start = 0;
        for (int group = 0; group < groups; group++) {
            int end = ends[group];
            double gains = 0;
            int hits = 0;
            for (int i = start; i < end; i++) {
                gains += relevances[i];
                hits += relevances[i] > 0 ? 1 : 0;
            }
            if (hits > 0) {
                double mean = gains / (end - start);
                gain += mean * (sums[end] - sums[start]);
                if (found == 0) {
                    reciprocalRank = reciprocalRank(start, end - start, hits);
                }
                within(start, end, mean, hits, found, sums);
                found += hits;
                averagePrecision += hits / relevant * (found / end);
            }
            start = end;
        }
        Arrays.sort(relevances, 0, size);
        normalize(sums);
    }

    private void within(int start, int end, double mean, int hits, double found, double[] sums) {
        for (int c = cutoffs.length - 1; c >= 0 && cutoffs[c] > start; c--) {
            int last = Math.min(end, cutoffs[c]);
            gainsWithin[c] += mean * (sums[last] - sums[start]);
            foundWithin[c] += (double) hits * (last - start) / (end - start);
            if (found == 0) {
                chancesWithin[c] = 1 - chanceOfNone(end - start, hits, last - start);
            }
        }
    }

    /** The chance that of documents in random order, some of them relevant, none of the first few is. */
    private static double chanceOfNone(int documents, int hits, int first) {
        double chance = 1;
        for (int i = 0; i < first && chance > 0; i++) {
            chance *= Math.max(0, documents - hits - i) / (double) (documents - i);
        }
        return chance;
    }

    /** The mean of 1 / rank of the first relevant one of documents in random order that follow on others. */
    private static double reciprocalRank(int before, int documents, int hits) {
        double mean = 0;
        double chance = (double) hits / documents;
        for (int rank = 1; rank <= documents - hits + 1; rank++) {
            mean += chance / (before + rank);
            chance *= (documents - rank - hits + 1) / (double) (documents - rank);
        }
        return mean;
    }

    /** Divides gains by those of the best order. */
    private void normalize(double[] sums) {
        double best = 0;
        int cutoff = 0;
        for (int rank = 0; rank < size; rank++) {
            while (cutoff < cutoffs.length && cutoffs[cutoff] == rank) {
                gainsWithin[cutoff] = share(gainsWithin[cutoff], best);
                cutoff++;
            }
            best += relevances[size - 1 - rank] * (sums[rank + 1] - sums[rank]);
        }
        while (cutoff < cutoffs.length) {
            gainsWithin[cutoff] = share(gainsWithin[cutoff], best);
            cutoff++;
        }
        gain = share(gain, best);
    }

    /** The best order may seem to gain more than itself, by rounding. */
    private static double share(double gain, double best) {
        return Math.min(1, gain / best);
    }

    /** Whether a document is relevant; if none is, the measures say nothing. */
    boolean answerable() {
        return relevant > 0;
    }

    double ndcg() {
        return gain;
    }

    double averagePrecision() {
        return averagePrecision;
    }

    double reciprocalRank() {
        return reciprocalRank;
    }

    double ndcg(int cutoff) {
        return gainsWithin[cutoff];
    }

    double precision(int cutoff) {
        return foundWithin[cutoff] / cutoffs[cutoff];
    }

    double recall(int cutoff) {
        return foundWithin[cutoff] / relevant;
    }

    /** The chance that a relevant document is among the first ones. */
    double hit(int cutoff) {
        return chancesWithin[cutoff];
    }
}
