package io.mlcicd.data;

import java.util.List;

/**
 * Counts of values between edges. Bin {@code i} holds {@code edges[i] <= x < edges[i + 1]}, and the last bin its upper
 * edge too. Edges rise strictly, save that the last two may be equal: the last bin then holds the greatest value alone,
 * which keeps a value that many rows share (a clipped maximum, a constant) apart from its neighbours.
 *
 * @param edges edges of the bins, one more than there are bins; finite, the first is the smallest value and the last
 *     the greatest
 * @param counts number of values in each bin, exact when made by a profiler
 */
public record Histogram(List<Double> edges, List<Long> counts) {

    public Histogram {
        if (counts.isEmpty() || edges.size() != counts.size() + 1) {
            throw new IllegalArgumentException("a histogram needs one edge more than bins, and at least one bin");
        }
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /** The number of values in all bins. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Whether the last bin holds the greatest value alone. */
    public boolean endsInPoint() {
        return edges.get(edges.size() - 2).equals(edges.get(edges.size() - 1));
    }
}
