package io.mlcicd.drift.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gradient-boosted regression trees over histograms, for two classes or for numbers; the same for the same seed, whatever
 * the number of threads.
 *
 * <p>Each tree is fitted to the gradient and curvature of the loss at the trees before it, and its leaves take the step
 * of Newton with a penalty on its square (J. H. Friedman, "Greedy function approximation: a gradient boosting machine",
 * The Annals of Statistics 29, 2001, and "Stochastic gradient boosting", Computational Statistics and Data Analysis 38,
 * 2002; T. Chen and C. Guestrin, "XGBoost", KDD 2016, for the gain of a split and the direction of missing values).
 * Values are put into bins first, as in scikit-learn's {@code HistGradientBoostingClassifier} and {@code Regressor},
 * to which its predictions are close, not equal.
 */
public final class BoostedTrees {

    private static final int MOST_BINS = 255;

    private final Loss loss;
    private final List<String> names;
    private final double start;
    private final List<Tree> trees;
    private final double[] importances;

    private BoostedTrees(Loss loss, List<String> names, double start, List<Tree> trees, double[] importances) {
        this.loss = loss;
        this.names = names;
        this.start = start;
        this.trees = trees;
        this.importances = importances;
    }

    /**
     * How to learn.
     *
     * @param trees how many trees, 1 or more
     * @param depth how many questions may follow one another in a tree, 1 to 10
     * @param shrinkage the share of each tree's step that is taken, above 0 up to 1
     * @param subsample the share of rows that each tree sees, above 0 up to 1
     * @param leastLeaf the least number of rows in a leaf, 1 or more
     * @param l2 the penalty on the square of a leaf's value, 0 or more
     * @param bins how many bins a column has at most, the one for missing values among them; 3 to 255
     * @param seed of the draws of rows
     */
    public record Options(
            int trees, int depth, double shrinkage, double subsample, int leastLeaf, double l2, int bins, long seed) {

        /** 50 trees of depth 4 at a shrinkage of 0.1, each of 80 % of the rows, 20 rows a leaf, seed 0. */
        public static final Options USUAL = new Options(50, 4, 0.1, 0.8, 20, 1, MOST_BINS, 0);

        public Options {
            require(trees >= 1, "trees", trees);
            require(depth >= 1 && depth <= 10, "depth", depth);
            require(shrinkage > 0 && shrinkage <= 1, "shrinkage", shrinkage);
            require(subsample > 0 && subsample <= 1, "subsample", subsample);
            require(leastLeaf >= 1, "leastLeaf", leastLeaf);
            require(l2 >= 0 && l2 < Double.POSITIVE_INFINITY, "l2", l2);
            require(bins >= 3 && bins <= MOST_BINS, "bins", bins);
        }

        private static void require(boolean holds, String name, double value) {
            if (!holds) {
                throw new IllegalArgumentException(name + " of " + value);
            }
        }

        public Options withTrees(int number) {
            return new Options(number, depth, shrinkage, subsample, leastLeaf, l2, bins, seed);
        }

        public Options withDepth(int number) {
            return new Options(trees, number, shrinkage, subsample, leastLeaf, l2, bins, seed);
        }

        public Options withSubsample(double share) {
            return new Options(trees, depth, shrinkage, share, leastLeaf, l2, bins, seed);
        }

        public Options withLeastLeaf(int rows) {
            return new Options(trees, depth, shrinkage, subsample, rows, l2, bins, seed);
        }

        public Options withSeed(long other) {
            return new Options(trees, depth, shrinkage, subsample, leastLeaf, l2, bins, other);
        }
    }

    /**
     * Learns to tell class 1 from class 0 by log loss; {@link #predict} then gives the probability of class 1.
     *
     * @param x at least one row; missing values are NaN
     * @param y 0 or 1 for each row
     * @throws IllegalArgumentException when {@code y} holds anything else or does not match the rows
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static BoostedTrees classifier(Matrix x, double[] y, Options options) throws InterruptedException {
        for (double target : y) {
            if (target != 0 && target != 1) {
                throw new IllegalArgumentException("a class of " + target);
            }
        }
        return fit(Loss.LOG_LOSS, x, y, options);
    }

    /**
     * Learns numbers by squared error.
     *
     * @param x at least one row; missing values are NaN
     * @param y a finite number for each row
     * @throws IllegalArgumentException when {@code y} holds anything else or does not match the rows
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static BoostedTrees regressor(Matrix x, double[] y, Options options) throws InterruptedException {
        for (double target : y) {
            if (!Double.isFinite(target)) {
                throw new IllegalArgumentException("a target of " + target);
            }
        }
        return fit(Loss.SQUARED_ERROR, x, y, options);
    }

    private static BoostedTrees fit(Loss loss, Matrix x, double[] y, Options options) throws InterruptedException {
        int rows = x.rows();
        if (rows == 0 || rows != y.length) {
            throw new IllegalArgumentException(y.length + " targets for " + rows + " rows");
        }
        BinnedMatrix binned = new BinnedMatrix(x, options.bins(), options.seed());
        double[] gains = new double[x.columns()];
        TreeGrower grower = new TreeGrower(binned, options, gains);
        double start = loss.start(Arrays.stream(y).average().orElseThrow(), rows);
        double[] raw = new double[rows];
        Arrays.fill(raw, start);
        double[] gradients = new double[rows];
        double[] curvatures = new double[rows];
        int seen = Math.max(1, (int) Math.round(options.subsample() * rows));
        SplittableRandom random = new SplittableRandom(options.seed());
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < options.trees(); t++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("learning was interrupted");
            }
            for (int i = 0; i < rows; i++) {
                double prediction = loss.prediction(raw[i]);
                gradients[i] = loss.gradient(y[i], prediction);
                curvatures[i] = loss.curvature(prediction);
            }
            Tree tree = grower.grow(NodeRows.of(RowSample.of(rows, seen, random), gradients, curvatures));
            tree.addTo(raw, binned);
            trees.add(tree);
        }
        return new BoostedTrees(loss, x.names(), start, List.copyOf(trees), shares(gains));
    }

    private static double[] shares(double[] gains) {
        double total = Arrays.stream(gains).sum();
        return total == 0
                ? gains
                : Arrays.stream(gains).map(gain -> gain / total).toArray();
    }

    /**
     * Probabilities of class 1, or numbers, for each row.
     *
     * @throws IllegalArgumentException when the columns' names are not those that were learned from
     */
    public double[] predict(Matrix x) {
        if (!x.names().equals(names)) {
            throw new IllegalArgumentException("learned from columns " + names + ", asked for " + x.names());
        }
        double[] raw = new double[x.rows()];
        Arrays.fill(raw, start);
        trees.forEach(tree -> tree.addTo(raw, x));
        return Arrays.stream(raw).map(loss::prediction).toArray();
    }

    /** Each column's share of the gain of all splits, 0 to 1, summing to 1; all 0 where nothing could be split. */
    public double[] importances() {
        return importances.clone();
    }
}
