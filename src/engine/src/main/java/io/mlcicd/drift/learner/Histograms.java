package io.mlcicd.drift.learner;

import java.util.Optional;
import java.util.stream.IntStream;

/** Of one node and every column, the sums of gradient, curvature and rows in each bin. */
final class Histograms {

    private final double[][] sums;

    private Histograms(double[][] sums) {
        this.sums = sums;
    }

    /** Counts rows; a column is counted by one thread in the rows' order, so that sums do not depend on threads. */
    static Histograms of(NodeRows rows, BinnedMatrix x) {
        double[][] sums = new double[x.columns()][];
        IntStream.range(0, x.columns()).parallel().forEach(c -> {
            sums[c] = new double[3 * (x.missing(c) + 1)];
            rows.addTo(sums[c], x.codes(c));
        });
        return new Histograms(sums);
    }

    /** What is left of this node's rows without those of one child: the other child's. */
    Histograms without(Histograms child) {
        double[][] rest = new double[sums.length][];
        for (int c = 0; c < sums.length; c++) {
            rest[c] = sums[c].clone();
            for (int i = 0; i < rest[c].length; i++) {
                rest[c][i] -= child.sums[c][i];
            }
        }
        return new Histograms(rest);
    }

    /** The best question there is; empty when none lowers the loss by more than {@code leastGain}. */
    Optional<Split> best(NodeRows rows, BoostedTrees.Options options, double leastGain) {
        return IntStream.range(0, sums.length)
                .parallel()
                .mapToObj(c -> best(c, rows, options))
                .filter(split -> split.gain() > leastGain)
                .reduce((one, other) -> one.beats(other) ? one : other);
    }

    private Split best(int column, NodeRows rows, BoostedTrees.Options options) {
        double[] sum = sums[column];
        int missing = sum.length / 3 - 1;
        double missingGradient = sum[3 * missing];
        double missingCurvature = sum[3 * missing + 1];
        double missingCount = sum[3 * missing + 2];
        double whole = score(rows.gradient(), rows.curvature(), options.l2());
        Split best = new Split(column, 0, false, Double.NEGATIVE_INFINITY);
        double gradient = 0;
        double curvature = 0;
        double count = 0;
        for (int bin = 0; bin < missing; bin++) {
            gradient += sum[3 * bin];
            curvature += sum[3 * bin + 1];
            count += sum[3 * bin + 2];
            for (int side = 0; side < (missingCount > 0 ? 2 : 1); side++) {
                boolean withMissing = side == 1;
                double leftCount = withMissing ? count + missingCount : count;
                if (leftCount < options.leastLeaf() || rows.size() - leftCount < options.leastLeaf()) {
                    continue;
                }
                double leftGradient = withMissing ? gradient + missingGradient : gradient;
                double leftCurvature = withMissing ? curvature + missingCurvature : curvature;
                double gain = score(leftGradient, leftCurvature, options.l2())
                        + score(rows.gradient() - leftGradient, rows.curvature() - leftCurvature, options.l2())
                        - whole;
                if (gain > best.gain()) {
                    // Missing values that training has not seen go with the greater part of the rows.
                    boolean missingLeft = missingCount > 0 ? withMissing : leftCount > rows.size() - leftCount;
                    best = new Split(column, bin, missingLeft, gain);
                }
            }
        }
        return best;
    }

    private static double score(double gradient, double curvature, double l2) {
        double weight = curvature + l2;
        return weight > 0 ? gradient * gradient / weight : 0;
    }
}
