package io.mlcicd.evaluation;

import io.mlcicd.document.Figures;
import io.mlcicd.evaluation.GroupOutcomes.Rate;
import io.mlcicd.statistic.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How differently groups are treated, in words. */
final class FairnessSentence {

    private FairnessSentence() {}

    /** One sentence, with the groups that are furthest apart in each respect. */
    static String of(String slicing, List<GroupOutcomes> groups, Map<String, Estimate> metrics, Confidence confidence) {
        List<String> parts = new ArrayList<>();
        String measure = "fairness." + slicing + "." + FairnessMeasure.DEMOGRAPHIC_PARITY_DIFFERENCE.key();
        extremes(groups, Rate.SELECTION, "the model says yes to %s of %s, but to %s of %s")
                .ifPresent(part -> parts.add(part + interval(metrics.get(measure), confidence)));
        extremes(groups, Rate.TRUE_POSITIVES, "of the rows that are positive, it finds %s of %s and %s of %s")
                .ifPresent(parts::add);
        extremes(groups, Rate.FALSE_POSITIVES, "of those that are not, it takes %s of %s and %s of %s for positive")
                .ifPresent(parts::add);
        return "by " + slicing + ": " + String.join("; ", parts);
    }

    private static Optional<String> extremes(List<GroupOutcomes> groups, Rate rate, String words) {
        List<GroupOutcomes> sorted = groups.stream()
                .filter(group -> !Double.isNaN(group.rate(rate)))
                .sorted(Comparator.comparingDouble(group -> group.rate(rate)))
                .toList();
        if (sorted.size() < 2) {
            return Optional.empty();
        }
        GroupOutcomes least = sorted.get(0);
        GroupOutcomes most = sorted.get(sorted.size() - 1);
        return Optional.of(words.formatted(
                Wording.percent(least.rate(rate)), least.name(), Wording.percent(most.rate(rate)), most.name()));
    }

    private static String interval(Estimate difference, Confidence confidence) {
        return difference
                .uncertainty()
                .map(uncertainty -> {
                    var interval = uncertainty.interval(confidence.level());
                    return " (%s interval of the difference: %s to %s)"
                            .formatted(
                                    Wording.percent(confidence.level()),
                                    Figures.number(interval.lower()),
                                    Figures.number(interval.upper()));
                })
                .orElse("");
    }
}
