package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import io.mlcicd.statistic.Uncertainty;
import java.util.Map;
import java.util.Optional;

/**
 * Decisions between two classes by a score; a row is the score, the actual and the predicted class (each 1 or 0), and rows
 * come in falling order of the score. {@code ks} is the greatest distance of the two classes' distributions of the score
 * (A. Kolmogorov, N. Smirnov; scipy's {@code ks_2samp}); {@code costBest} the least mean cost that any threshold would
 * have had.
 */
class RankedTally implements Tally {

    private final MetricOptions options;
    private final boolean isProbability;
    private final double total;
    private final BinaryCounts counts;
    private final RankingAreas areas;
    private final RocHull hull = new RocHull();
    private final ProbabilityLosses losses = new ProbabilityLosses();
    private Optional<RankedErrors> errors = Optional.empty();
    private boolean lossesAreSummed;
    private double greatestOfLevels = Double.NEGATIVE_INFINITY;
    private double greatest = Double.NaN;
    private double score = Double.NaN;
    private double positive;
    private double squaredPositive;
    private double negative;
    private double squaredNegative;

    /**
     * An empty tally.
     *
     * @param isProbability whether all scores are within 0 and 1
     * @param total the weight of all rows that will be added
     */
    RankedTally(MetricOptions options, boolean isProbability, double total) {
        this.options = options;
        this.isProbability = isProbability;
        this.total = total;
        this.counts = new BinaryCounts(options);
        this.areas = new RankingAreas(total);
    }

    @Override
    public final void add(double[] row, double weight, double squares) {
        if (row[0] != score) {
            finishStep();
            score = row[0];
        }
        boolean actual = row[1] == 1;
        counts.add(actual, row[2] == 1, weight, squares);
        if (actual) {
            positive += weight;
            squaredPositive += squares;
        } else {
            negative += weight;
            squaredNegative += squares;
        }
    }

    /** Adds the losses of many rows at once, by what {@link ProbabilitySums} sums; those of scores are then left out. */
    final void addSums(boolean isPositive, int bin, double[] sums, double weight, double squares) {
        lossesAreSummed = true;
        losses.addSums(isPositive, bin, sums, weight, squares);
    }

    @Override
    public final void level(double least, double highest, double[] weights) {
        greatestOfLevels = Math.max(greatestOfLevels, highest);
        if (errors.isEmpty()) {
            errors = Optional.of(new RankedErrors(total));
        }
        errors.get().level(least < highest, weights[1], weights[0]);
    }

    @Override
    public final void errors(Map<String, Double> metrics, Map<String, Double> found) {
        errors.ifPresent(known -> known.put(this, isPictured(), metrics, found));
    }

    /** Whether curves and thresholds are shown. */
    boolean isPictured() {
        return false;
    }

    /** Counts the rows of the score so far, of which no more may come. */
    final void finishStep() {
        if (positive + negative == 0) {
            return;
        }
        if (areas.truePositives() + areas.falsePositives() == 0) {
            greatest = score;
        }
        areas.step(positive, squaredPositive, negative, squaredNegative);
        hull.add(score, areas.falsePositives(), areas.truePositives());
        if (isProbability && !lossesAreSummed) {
            losses.step(score, positive, squaredPositive, negative, squaredNegative);
        }
        stepped(score, areas);
        positive = 0;
        squaredPositive = 0;
        negative = 0;
        squaredNegative = 0;
    }

    /**
     * Hears that all rows of a score are in.
     *
     * @param sofar the areas up to that score, itself included
     */
    void stepped(double step, RankingAreas sofar) {}

    @Override
    public final void metrics(Map<String, Double> metrics) {
        finishStep();
        counts.metrics(metrics);
        areas.metrics(metrics);
        BinaryOutcomes outcomes = counts.outcomes();
        double positives = outcomes.positives();
        double negatives = outcomes.negatives();
        if (positives > 0 && negatives > 0) {
            Cut farthest = hull.best((fp, tp) -> Math.abs(tp * negatives - fp * positives));
            metrics.put("ks", Math.abs(farthest.truePositives() / positives - farthest.falsePositives() / negatives));
        }
        if (isProbability) {
            losses.metrics(metrics);
        }
        if (positives + negatives > 0) {
            options.costs()
                    .ifPresent(
                            costs -> metrics.put("costBest", at(cheapest(costs)).cost(costs)));
        }
    }

    @Override
    public final void uncertainties(Map<String, Uncertainty> uncertainties) {
        finishStep();
        counts.uncertainties(uncertainties);
        areas.uncertainties(uncertainties);
        if (isProbability) {
            losses.uncertainties(uncertainties);
        }
    }

    @Override
    public Tally withPictures() {
        return new PicturedTally(options, isProbability, total);
    }

    final MetricOptions options() {
        return options;
    }

    final BinaryOutcomes outcomes() {
        finishStep();
        return counts.outcomes();
    }

    /** The point at which a threshold would have cost least. */
    final Cut cheapest(Costs costs) {
        return hull.best((fp, tp) -> -outcomes(fp, tp).cost(costs));
    }

    final RocHull hull() {
        return hull;
    }

    final ProbabilityLosses losses() {
        return losses;
    }

    final boolean isProbability() {
        return isProbability;
    }

    /** The greatest score; NaN without rows. */
    final double greatest() {
        return Math.max(greatest, greatestOfLevels);
    }

    /** The least score; NaN without rows. */
    final double least() {
        return score;
    }

    final BinaryOutcomes at(Cut cut) {
        return outcomes(cut.falsePositives(), cut.truePositives());
    }

    /** What decisions with so many false and true positives would have been. */
    final BinaryOutcomes outcomes(double falsePositives, double truePositives) {
        return new BinaryOutcomes(
                truePositives,
                falsePositives,
                areas.truePositives() - truePositives,
                areas.falsePositives() - falsePositives);
    }
}
