package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import java.util.ArrayList;
import java.util.List;

/** A ranked tally that also keeps curves, and thresholds that part the rows evenly. */
final class PicturedTally extends RankedTally {

    private static final int PARTS = 20;

    private final double part;
    private final RankingPath path = new RankingPath();
    private final List<Cut> evenCuts = new ArrayList<>();
    private int parts;

    PicturedTally(MetricOptions options, boolean isProbability, double total) {
        super(options, isProbability, total);
        this.part = total / PARTS;
    }

    @Override
    void stepped(double step, RankingAreas sofar) {
        path.add(sofar.falsePositives(), sofar.truePositives(), sofar.precision());
        double taken = sofar.falsePositives() + sofar.truePositives();
        if (taken >= (parts + 1) * part) {
            evenCuts.add(new Cut(step, sofar.falsePositives(), sofar.truePositives()));
            parts = (int) (taken / part);
        }
    }

    @Override
    boolean isPictured() {
        return true;
    }

    @Override
    public Tally withPictures() {
        return this;
    }

    List<NamedCurve> curves() {
        finishStep();
        return path.curves();
    }

    /** Thresholds each of which takes about a twentieth of the rows more than the one before it. */
    List<Cut> evenCuts() {
        return evenCuts;
    }
}
