package io.mlcicd.evaluation;

import io.mlcicd.document.Figures;
import io.mlcicd.evaluation.Measuring.Everything;
import io.mlcicd.evaluation.Measuring.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader must know of metrics that are off because near scores were taken as equal, in sentences. */
final class LevelErrors {

    private static final MathContext UPWARDS = new MathContext(2, RoundingMode.UP);

    private LevelErrors() {}

    /**
     * The sentences, none when all metrics are exact.
     *
     * @param champions whether these are the champion's metrics
     * @param most so many different scores are told apart
     */
    static List<String> sentences(Everything measured, boolean champions, long most) {
        Map<String, Double> ofSlices = new LinkedHashMap<>();
        for (List<Measured> values : measured.slices()) {
            values.forEach(slice -> merge(slice.errors(), ofSlices));
        }
        Map<String, Double> ofAll = new LinkedHashMap<>();
        merge(measured.whole().errors(), ofAll);
        List<String> sentences = new ArrayList<>();
        if (!ofAll.isEmpty()) {
            sentences.add(
                    "%snumbers that are very near were taken as equal to rank rows, for they are more than %,d different ones; metrics are off by at most: %s"
                            .formatted(champions ? "the champion's: " : "", most, listed(ofAll)));
        }
        if (!ofSlices.isEmpty()) {
            sentences.add(
                    "%snumbers that are very near were taken as equal to rank the rows of slices, for they are more than %,d different ones in all slices together; metrics of no slice are off by more than: %s"
                            .formatted(champions ? "the champion's: " : "", most, listed(ofSlices)));
        }
        return sentences;
    }

    /** Of the areas of many classes the greatest error is enough. */
    private static void merge(Map<String, Double> errors, Map<String, Double> into) {
        errors.forEach((name, error) -> {
            if (error > 0) {
                boolean isArea = name.startsWith("rocAuc.") || name.startsWith("prAuc.");
                into.merge(isArea ? name.substring(0, name.indexOf('.')) : name, error, Math::max);
            }
        });
    }

    private static String listed(Map<String, Double> errors) {
        return Figures.listed(errors.entrySet().stream()
                .map(error -> error.getKey() + " "
                        + Figures.number(BigDecimal.valueOf(error.getValue())
                                .round(UPWARDS)
                                .doubleValue()))
                .toList());
    }
}
