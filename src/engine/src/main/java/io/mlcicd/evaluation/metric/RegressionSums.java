package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.List;

/** What {@link RegressionTally} makes its metrics of, summed in SQL. */
final class RegressionSums {

    private RegressionSums() {}

    static SummedFamily of(JudgedColumns columns) {
        String y = columns.actual();
        String p = columns.predictedValue();
        String error = "(" + p + " - " + y + ")";
        List<String> facts = new ArrayList<>(List.of("AVG(" + y + ")"));
        facts.addAll(ErrorSums.facts(error));
        return new SummedFamily(facts, known -> sums(y, p, ErrorSums.of(error, known, 1), known[0]));
    }

    private static Sums sums(String y, String p, ErrorSums errors, double centre) {
        String absolute = "ABS(" + errors.error() + ")";
        String both = "(ABS(" + y + ") + ABS(" + p + "))";
        String symmetric = "(CASE WHEN %s = 0 THEN 0E0 ELSE 2E0 * %s / %s END)".formatted(absolute, absolute, both);
        String percentage = "(CASE WHEN %s = 0 THEN 0E0 ELSE %s / ABS(%s) END)".formatted(y, absolute, y);
        String isNegative = "%s < 0 OR %s < 0".formatted(y, p);
        String ratio = "(CASE WHEN %s THEN 0E0 ELSE LN(1E0 + %s) - LN(1E0 + %s) END)".formatted(isNegative, p, y);
        String logarithmic = ratio + " * " + ratio;
        String fromCentre = "(" + y + " - " + ErrorSums.literal(centre) + ")";
        String predictedFromCentre = "(" + p + " - " + ErrorSums.literal(centre) + ")";
        List<String> summed = new ArrayList<>(errors.summed());
        summed.addAll(List.of(
                "ABS(" + y + ")",
                symmetric,
                symmetric + " * " + symmetric,
                percentage,
                percentage + " * " + percentage,
                logarithmic,
                logarithmic + " * " + logarithmic,
                fromCentre,
                predictedFromCentre,
                fromCentre + " * " + fromCentre,
                predictedFromCentre + " * " + predictedFromCentre,
                fromCentre + " * " + predictedFromCentre));
        return new Sums(
                List.of(
                        errors.bin(),
                        "CASE WHEN " + y + " = 0 THEN 1 ELSE 0 END",
                        "CASE WHEN " + isNegative + " THEN 1 ELSE 0 END"),
                summed,
                List.of(absolute),
                (tally, codes, found, weight, squares) ->
                        ((RegressionTally) tally).addSums(errors, centre, codes, found, weight, squares));
    }
}
