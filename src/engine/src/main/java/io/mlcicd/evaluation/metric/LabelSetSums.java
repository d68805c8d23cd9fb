package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@link LabelSetTally} makes its metrics of, summed in SQL. */
final class LabelSetSums {

    /** Sets of so few labels are so few that it is simpler to count each. */
    private static final int FEW_LABELS = 6;

    private final List<String> held;
    private final List<String> predicted;

    private LabelSetSums(List<String> held, List<String> predicted) {
        this.held = held;
        this.predicted = predicted;
    }

    /**
     * A family of codes, with the way from sums to the same metrics where there may be too many different sets.
     *
     * @param said whether the label of that index was predicted, 1 or 0
     */
    static MetricFamily beside(MetricFamily family, JudgedColumns columns, IntFunction<String> said) {
        int labels = columns.classes().size();
        if (labels <= FEW_LABELS) {
            return family;
        }
        LabelSetSums sums = new LabelSetSums(
                IntStream.range(0, labels).mapToObj(columns::actual).toList(),
                IntStream.range(0, labels).mapToObj(said).toList());
        return family.orSummed(new SummedFamily(List.of(), known -> sums.sums()));
    }

    private Sums sums() {
        List<String> summed = new ArrayList<>(List.of("CASE WHEN label_wrong = 0 THEN 1 ELSE 0 END"));
        for (String share : List.of(
                "label_wrong * 1E0 / " + held.size(),
                share("label_both", "label_held + label_predicted - label_both"),
                share("label_both", "label_predicted"),
                share("label_both", "label_held"),
                share("2 * label_both", "label_held + label_predicted"))) {
            summed.add(share);
            summed.add("(" + share + ") * (" + share + ")");
        }
        for (int i = 0; i < held.size(); i++) {
            summed.add(held.get(i));
            summed.add("label_said_" + i);
            summed.add(held.get(i) + " * label_said_" + i);
            summed.add("CAST(weight AS DOUBLE) * " + held.get(i));
            summed.add("CAST(weight AS DOUBLE) * label_said_" + i);
        }
        return new Sums(
                List.of(),
                summed,
                List.of(),
                (judged, keys) -> counted(judged.rows()),
                (tally, codes, found, weight, squares) -> ((LabelSetTally) tally).addSums(found, weight, squares));
    }

    private static String share(String part, String whole) {
        return "CASE WHEN %2$s > 0 THEN 1E0 * %1$s / (%2$s) ELSE 0E0 END".formatted(part, whole);
    }

    /** Each row with the sizes of its sets. */
    private String counted(String rows) {
        String said = IntStream.range(0, predicted.size())
                .mapToObj(i -> predicted.get(i) + " AS label_said_" + i)
                .collect(Collectors.joining(", "));
        String sizes = "%s AS label_held, %s AS label_predicted, %s AS label_both"
                .formatted(
                        String.join(" + ", held),
                        sum(i -> "label_said_" + i),
                        sum(i -> held.get(i) + " * label_said_" + i));
        return "(SELECT *, label_held + label_predicted - 2 * label_both AS label_wrong FROM (SELECT *, " + sizes
                + " FROM (SELECT *, " + said + " FROM " + rows + ") AS said) AS sized) AS counted";
    }

    private String sum(IntFunction<String> term) {
        return IntStream.range(0, held.size()).mapToObj(term).collect(Collectors.joining(" + "));
    }
}
