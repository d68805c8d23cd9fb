package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.statistic.Uncertainty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How well a score ranks the rows of one class or label above all others: {@code rocAuc.<class>} and {@code
 * prAuc.<class>}, as {@link RankingAreas} has them. A row is the score and a code, and rows come in falling order of the
 * score.
 */
final class OneVersusRestTally implements Tally {

    /** Points of a curve, of which there may be two dozen. */
    private static final int POINTS = 200;

    private final RankedClass subject;
    private final double totalWeight;
    private final RankingAreas areas;
    private final Optional<PairwiseWins> pairs;
    private final Optional<RankingPath> path;
    private final AreaErrors errors = new AreaErrors();
    private Optional<PairwiseTies> ties = Optional.empty();
    private double score = Double.NaN;
    private double positive;
    private double squaredPositive;
    private double negative;
    private double squaredNegative;

    OneVersusRestTally(RankedClass subject, double totalWeight) {
        this(subject, totalWeight, false);
    }

    private OneVersusRestTally(RankedClass subject, double totalWeight, boolean pictured) {
        this.subject = subject;
        this.totalWeight = totalWeight;
        this.areas = new RankingAreas(totalWeight);
        this.pairs = subject.pairs().map(PairMeans.Part::wins);
        this.path = pictured ? Optional.of(new RankingPath()) : Optional.empty();
    }

    @Override
    public Tally withPictures() {
        return new OneVersusRestTally(subject, totalWeight, true);
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        if (row[0] != score) {
            endStep();
            score = row[0];
        }
        int code = (int) row[1];
        if (code == subject.code()) {
            positive += weight;
            squaredPositive += squares;
        } else {
            negative += weight;
            squaredNegative += squares;
        }
        if (pairs.isPresent()) {
            pairs.get().add(code, weight);
        }
    }

    /** Counts the rows of the score so far, of which no more may come. */
    private void endStep() {
        if (positive + negative == 0) {
            return;
        }
        areas.step(positive, squaredPositive, negative, squaredNegative);
        pairs.ifPresent(PairwiseWins::endStep);
        path.ifPresent(kept -> kept.add(areas.falsePositives(), areas.truePositives(), areas.precision()));
        positive = 0;
        squaredPositive = 0;
        negative = 0;
        squaredNegative = 0;
    }

    @Override
    public void level(double least, double greatest, double[] weights) {
        if (ties.isEmpty()) {
            ties = subject.pairs().map(PairMeans.Part::ties);
        }
        double own = weights[subject.code()];
        errors.level(least < greatest, own, DoubleStream.of(weights).sum() - own);
        ties.ifPresent(known -> known.level(least < greatest, weights));
    }

    @Override
    public void errors(Map<String, Double> metrics, Map<String, Double> found) {
        errors.put(subject.rocAuc(), subject.prAuc(), metrics, found);
        ties.ifPresent(known -> subject.pairs().orElseThrow().put(known, found));
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        endStep();
        if (hasBoth()) {
            metrics.put(subject.rocAuc(), areas.rocAuc());
        }
        if (areas.truePositives() > 0) {
            metrics.put(subject.prAuc(), areas.averagePrecision());
        }
        pairs.ifPresent(wins -> subject.pairs().orElseThrow().put(wins, metrics));
    }

    /** Whether there are rows that are of the class and such that are not. */
    boolean hasBoth() {
        endStep();
        return areas.truePositives() > 0 && areas.falsePositives() > 0;
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        endStep();
        areas.uncertainty().ifPresent(ofArea -> uncertainties.put(subject.rocAuc(), ofArea));
    }

    RankedClass subject() {
        return subject;
    }

    /** The ROC and precision–recall curve, as far as they are defined and were kept. */
    List<NamedCurve> curves() {
        endStep();
        return path.map(kept -> kept.curves(Optional.of(subject.name()), POINTS)).orElse(List.of()).stream()
                .filter(curve -> !curve.kind().equals("gain"))
                .toList();
    }
}
