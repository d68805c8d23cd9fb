package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What decisions at other thresholds would have done: at about twenty that part the rows evenly, and at those that are
 * special. Youden's index is the true positive rate minus the false positive rate (W. Youden, Cancer 3, 1950).
 */
final class ThresholdTable {

    private final RankedTally tally;
    private final TreeMap<Double, Entry> entries = new TreeMap<>(Collections.reverseOrder());

    /** A threshold's outcomes, and what is special about it. */
    private record Entry(BinaryOutcomes outcomes, List<String> why) {}

    private ThresholdTable(RankedTally tally) {
        this.tally = tally;
    }

    /**
     * The table.
     *
     * @param inUse the threshold that the predictions were made with, if it is known
     */
    static List<Threshold> of(PicturedTally tally, OptionalDouble inUse) {
        BinaryOutcomes decided = tally.outcomes();
        if (decided.total() == 0) {
            return List.of();
        }
        ThresholdTable table = new ThresholdTable(tally);
        tally.evenCuts().forEach(table::entry);
        table.entry(new Cut(tally.least(), decided.negatives(), decided.positives()));
        table.special(decided.positives(), decided.negatives());
        inUse.ifPresent(threshold -> table.entry(threshold, decided).why().add("in use"));
        return table.rows();
    }

    private void special(double positives, double negatives) {
        RocHull hull = tally.hull();
        hull.bestAbove(0, (fp, tp) -> tally.outcomes(fp, tp).f(1))
                .ifPresent(cut -> entry(cut).why().add("best F1"));
        if (positives > 0 && negatives > 0) {
            hull.bestAbove(0, (fp, tp) -> tp * negatives - fp * positives)
                    .ifPresent(cut -> entry(cut).why().add("greatest TPR − FPR"));
        }
        tally.options()
                .costs()
                .ifPresent(costs -> entry(tally.cheapest(costs)).why().add("least cost"));
    }

    /** The entry of a cut; where nothing is taken the least number above all scores is the threshold. */
    private Entry entry(Cut cut) {
        return entry(Math.min(cut.threshold(), Math.nextUp(tally.greatest())), tally.at(cut));
    }

    /** Adding 0 makes of the negative zero the positive one, which is the same threshold. */
    private Entry entry(double threshold, BinaryOutcomes outcomes) {
        return entries.computeIfAbsent(threshold + 0.0, value -> new Entry(outcomes, new ArrayList<>()));
    }

    private List<Threshold> rows() {
        List<Threshold> rows = new ArrayList<>();
        entries.forEach((threshold, entry) -> rows.add(row(threshold, entry)));
        return List.copyOf(rows);
    }

    private Threshold row(double threshold, Entry entry) {
        BinaryOutcomes outcomes = entry.outcomes();
        return new Threshold(
                threshold,
                Optional.of(String.join(", ", entry.why())).filter(why -> !why.isEmpty()),
                outcomes.precision(),
                outcomes.recall(),
                outcomes.f(1),
                outcomes.specificity(),
                outcomes.positiveShare(),
                tally.options()
                        .costs()
                        .map(costs -> OptionalDouble.of(outcomes.cost(costs)))
                        .orElse(OptionalDouble.empty()));
    }
}
