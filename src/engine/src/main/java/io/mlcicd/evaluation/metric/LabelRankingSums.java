package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.JudgedRelation;
import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@link LabelRankingTally} makes its metrics of, summed in SQL: every label of a row becomes a row, whose rank a
 * window counts.
 */
final class LabelRankingSums {

    private static final String ROW = "judged_row";

    private final JudgedColumns columns;
    private final boolean probabilities;

    private LabelRankingSums(JudgedColumns columns, boolean probabilities) {
        this.columns = columns;
        this.probabilities = probabilities;
    }

    static SummedFamily of(JudgedColumns columns, boolean probabilities) {
        LabelRankingSums sums = new LabelRankingSums(columns, probabilities);
        return new SummedFamily(List.of(), known -> sums.sums());
    }

    private Sums sums() {
        List<String> summed = new ArrayList<>();
        Stream.of("coverage", "average_precision", "ranking_loss", "log_loss")
                .limit(probabilities ? 4 : 3)
                .forEach(mean -> {
                    summed.add(mean);
                    summed.add(mean + " * " + mean);
                });
        return new Sums(
                List.of(),
                summed,
                List.of(),
                this::measured,
                (tally, codes, found, weight, squares) -> ((LabelRankingTally) tally).addSums(found, weight, squares));
    }

    private String measured(JudgedRelation judged, List<String> keys) {
        int labels = columns.classes().size();
        String kept = keys.stream().map(key -> key + ", ").collect(Collectors.joining());
        String some = "held > 0 AND held < " + labels;
        return "(SELECT " + kept + "weight, coverage, CASE WHEN " + some
                + " THEN precisions / held ELSE 1E0 END AS average_precision, CASE WHEN " + some
                + " THEN wrong_pairs / (held * (" + labels + "E0 - held)) ELSE 0E0 END AS ranking_loss, losses / "
                + labels + "E0 AS log_loss FROM (" + rows(judged, keys, kept) + ") AS ranked_rows) AS ranked_labels";
    }

    private String rows(JudgedRelation judged, List<String> keys, String kept) {
        return "SELECT " + kept + "MAX(weight) AS weight, SUM(held) AS held,"
                + " MAX(CASE WHEN held > 0 THEN place ELSE 0E0 END) AS coverage,"
                + " SUM(CASE WHEN held > 0 THEN place - held_so_far ELSE 0E0 END) AS wrong_pairs,"
                + " SUM(CASE WHEN held > 0 THEN 1E0 * held_so_far / place ELSE 0E0 END) AS precisions,"
                + " SUM(loss) AS losses FROM (" + places(judged, keys, kept) + ") AS places GROUP BY " + kept + ROW;
    }

    /** A window that is ordered and has no frame ends with the last label of the same score. */
    private String places(JudgedRelation judged, List<String> keys, String kept) {
        String window = " OVER (PARTITION BY " + ROW + " ORDER BY score DESC)";
        return "SELECT " + kept + ROW + ", weight, held, loss, CAST(COUNT(*)" + window
                + " AS DOUBLE) AS place, SUM(held)" + window + " AS held_so_far FROM " + labels(judged, keys)
                + " AS labels";
    }

    private String labels(JudgedRelation judged, List<String> keys) {
        List<String> names = new ArrayList<>(keys);
        names.addAll(List.of(ROW, "weight", "held", "score", "loss"));
        List<List<String>> rows = IntStream.range(0, columns.classes().size())
                .mapToObj(label -> {
                    List<String> row = new ArrayList<>(keys);
                    row.addAll(List.of(
                            ROW,
                            "CAST(weight AS DOUBLE)",
                            "CAST(" + columns.actual(label) + " AS DOUBLE)",
                            "CAST(" + columns.score(label) + " AS DOUBLE)",
                            loss(label)));
                    return row;
                })
                .toList();
        return judged.dialect().stacked(names, rows, judged.numbered(ROW));
    }

    private String loss(int label) {
        return probabilities
                ? "-LN(LEAST(GREATEST(CASE WHEN %1$s = 1 THEN %2$s ELSE 1 - %2$s END, %3$s), %4$s))"
                        .formatted(
                                columns.actual(label),
                                "CAST(" + columns.score(label) + " AS DOUBLE)",
                                ErrorSums.literal(LabelRankingTally.EPSILON),
                                ErrorSums.literal(1 - LabelRankingTally.EPSILON))
                : "0E0";
    }
}
