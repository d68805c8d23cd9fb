package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What reports show beside the metrics; each is a table as well as a chart. */
public interface Pictures {

    /**
     * A confusion matrix.
     *
     * @param classes the classes, rows and columns alike
     * @param counts number of rows (their weight, when rows are weighted) by true class (first index) and predicted class
     */
    record Confusion(List<String> classes, List<List<Double>> counts) {}

    /**
     * One class against all others.
     *
     * @param support number of true rows, or their weight
     * @param precision 0 to 1, 0 where undefined; so are recall, F1 and specificity
     */
    record ClassMetrics(
            String name, double support, double precision, double recall, double f1, OptionalDouble specificity) {}

    /**
     * A curve in the unit square, of a few hundred points at most.
     *
     * @param kind {@code roc}, {@code precisionRecall} or {@code gain}
     * @param about the class or label that it is about; empty for the positive class
     */
    record NamedCurve(String kind, Optional<String> about, List<Point> points) {}

    /** A point of a curve; both coordinates 0 to 1. */
    record Point(double x, double y) {}

    /**
     * Rows of similar score.
     *
     * @param rows how many there are, or their weight
     * @param meanScore their mean score
     * @param positiveShare the share of them that is positive
     */
    record CalibrationBin(double rows, double meanScore, double positiveShare) {}

    /**
     * What deciding at a threshold would have done.
     *
     * @param threshold rows of this score or more are taken for positive
     * @param why what is special about it ({@code best F1}, {@code least cost} ...); empty for one among others
     * @param cost mean cost of a row; empty without a cost matrix
     */
    record Threshold(
            double threshold,
            Optional<String> why,
            double precision,
            double recall,
            double f1,
            double specificity,
            double positiveShare,
            OptionalDouble cost) {}

    /** Rows whose error (prediction minus label) is from {@code from} up to {@code to}; how many, or their weight. */
    record ResidualBin(double from, double to, double rows) {}

    /** A quantile's level, and the share of rows whose true value is at or below the predicted quantile. */
    record LevelCoverage(double level, double observed) {}
}
