package io.mlcicd.drift.performance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is put together of a group of rows whose classes are known by their probabilities alone. */
final class ExpectedMetrics {

    private final ExpectedConfusion confusion;
    private final List<ExpectedRoc> curves = new ArrayList<>();

    /**
     * Of no rows yet.
     *
     * @param scores how many classes have a score; one in a binary task
     */
    ExpectedMetrics(int classes, int scores) {
        confusion = new ExpectedConfusion(classes, scores == 1);
        for (int i = 0; i < scores; i++) {
            curves.add(new ExpectedRoc());
        }
    }

    ExpectedConfusion confusion() {
        return confusion;
    }

    /** The curve of a score. */
    ExpectedRoc curve(int score) {
        return curves.get(score);
    }

    /** By how much areas may be off when scores that were taken as equal are not. */
    double tieError() {
        return curves.stream().mapToDouble(ExpectedRoc::tieError).max().orElse(0);
    }

    Map<String, EstimatedValue> metrics(double confidence) {
        Map<String, EstimatedValue> metrics = new LinkedHashMap<>(confusion.metrics(confidence));
        List<EstimatedValue> areas = curves.stream()
                .flatMap(curve -> curve.area(confidence).stream())
                .toList();
        if (areas.size() < curves.size() || areas.isEmpty()) {
            return metrics;
        }
        if (curves.size() == 1) {
            metrics.put("rocAuc", areas.get(0));
        } else {
            double mean =
                    areas.stream().mapToDouble(EstimatedValue::value).average().orElseThrow();
            metrics.put("rocAuc.ovr", new EstimatedValue(mean, Optional.empty()));
        }
        return metrics;
    }
}
