package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A class or label whose rows a score should rank above all others, with the names of its metrics, which are made once for
 * all resamples of a bootstrap.
 *
 * @param name the class or label
 * @param code what rows of it have
 * @param pairs multiclass: what is told of it and each other class; a label has no rivals
 */
record RankedClass(String name, int code, String rocAuc, String prAuc, Optional<PairMeans.Part> pairs) {

    /** Curves of more classes are a tangle. */
    private static final int MOST_CURVES = 12;

    /** One of many classes. */
    static RankedClass ofClass(String name, int index, boolean[] scored) {
        return new RankedClass(
                name, index, "rocAuc." + name, "prAuc." + name, Optional.of(new PairMeans.Part(index, scored)));
    }

    /** A label, which holds where rows have 1. */
    static RankedClass ofLabel(String name) {
        return new RankedClass(name, 1, "rocAuc." + name, "prAuc." + name, Optional.empty());
    }

    /** The mean of a metric over these classes or labels; empty unless all have it. */
    static OptionalDouble mean(String metric, List<String> names, Map<String, Double> metrics) {
        double sum = 0;
        for (String name : names) {
            Double value = metrics.get(metric + name);
            if (value == null) {
                return OptionalDouble.empty();
            }
            sum += value;
        }
        return names.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / names.size());
    }

    /** Shows the curves that tallies kept, and says why means of areas are missing. */
    static void describe(List<Tally> tallies, String mean, Findings findings) {
        List<OneVersusRestTally> ranked = tallies.stream()
                .filter(OneVersusRestTally.class::isInstance)
                .map(OneVersusRestTally.class::cast)
                .toList();
        if (ranked.size() <= MOST_CURVES) {
            ranked.forEach(tally -> tally.curves().forEach(findings::curve));
        }
        List<String> without = ranked.stream()
                .filter(tally -> !tally.hasBoth())
                .map(tally -> tally.subject().name())
                .toList();
        if (!without.isEmpty()) {
            findings.note("%s is left out, as it needs some rows that are and some that are not: %s"
                    .formatted(mean, ClassTable.some(without)));
        }
    }
}
