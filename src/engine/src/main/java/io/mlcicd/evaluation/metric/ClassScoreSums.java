package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@link ClassScoresTally} makes its metrics of, summed in SQL. */
final class ClassScoreSums {

    private final JudgedColumns columns;
    private final int mostK;
    private final boolean probabilities;

    private ClassScoreSums(JudgedColumns columns, int mostK, boolean probabilities) {
        this.columns = columns;
        this.mostK = mostK;
        this.probabilities = probabilities;
    }

    /**
     * Sums of classes with a score.
     *
     * @param mostK the greatest number of classes that are to hold the true one
     */
    static SummedFamily of(JudgedColumns columns, int mostK, boolean probabilities) {
        ClassScoreSums sums = new ClassScoreSums(columns, mostK, probabilities);
        return new SummedFamily(List.of(), known -> sums.sums());
    }

    private Sums sums() {
        List<String> codes = new ArrayList<>();
        codes.add("CASE WHEN true_place = 0 THEN 1 ELSE 0 END");
        codes.add("LEAST(" + mostK + ", " + better() + ")");
        List<String> summed = new ArrayList<>();
        if (probabilities) {
            String bin = "LEAST(9, CAST(FLOOR(greatest_score * 10) AS INTEGER))";
            codes.add("CASE WHEN %1$s > 0 AND greatest_score <= %1$s * %2$s THEN %1$s - 1 ELSE %1$s END"
                    .formatted(bin, ErrorSums.literal(0.1)));
            codes.add("CASE WHEN " + firstOfGreatest() + " = true_place THEN 1 ELSE 0 END");
            codes.add("CASE WHEN ABS(" + String.join(" + ", scores()) + " - 1) > "
                    + ErrorSums.literal(ClassScoresTally.SLACK) + " THEN 1 ELSE 0 END");
            String loss = "(-LN(LEAST(GREATEST(true_score, %s), %s)))"
                    .formatted(
                            ErrorSums.literal(ClassScoresTally.EPSILON),
                            ErrorSums.literal(1 - ClassScoresTally.EPSILON));
            summed.addAll(List.of(
                    loss, loss + " * " + loss, "squared_errors", "squared_errors * squared_errors", "greatest_score"));
        }
        return new Sums(
                codes,
                summed,
                List.of(),
                (judged, keys) -> compared(judged.rows()),
                (tally, known, found, weight, all) -> ((ClassScoresTally) tally).addSums(known, found, weight, all));
    }

    /** Each row with what its scores are compared with, named once: of many classes, statements would grow too long. */
    private String compared(String rows) {
        String named = "SELECT *, %s AS true_place, %s AS true_score, %s AS greatest_score FROM %s"
                .formatted(place(), truth(), most(), rows);
        return "(SELECT *, " + squares() + " AS squared_errors FROM (" + named + ") AS named_scores) AS compared";
    }

    private List<String> scores() {
        return columns.scored().stream().map(columns::score).toList();
    }

    /** Which of the scores is the true class's, counted from 1; 0 where it has none. */
    private String place() {
        return ofTruth(j -> String.valueOf(j + 1), "0");
    }

    private String truth() {
        return ofTruth(j -> scores().get(j), "0");
    }

    private interface OfPlace {
        String at(int place);
    }

    private String ofTruth(OfPlace told, String otherwise) {
        StringBuilder sql = new StringBuilder("(CASE " + columns.actual());
        for (int j = 0; j < columns.scored().size(); j++) {
            sql.append(" WHEN ")
                    .append(columns.scored().get(j))
                    .append(" THEN ")
                    .append(told.at(j));
        }
        return sql.append(" ELSE ").append(otherwise).append(" END)").toString();
    }

    private String better() {
        List<String> terms = new ArrayList<>();
        for (int j = 0; j < scores().size(); j++) {
            terms.add("CASE WHEN %1$s > true_score OR (%1$s = true_score AND %2$d > true_place) THEN 1 ELSE 0 END"
                    .formatted(scores().get(j), j + 1));
        }
        return mostK == 0 ? "0" : String.join(" + ", terms);
    }

    private String most() {
        return scores().size() == 1 ? scores().get(0) : "GREATEST(" + String.join(", ", scores()) + ")";
    }

    private String firstOfGreatest() {
        StringBuilder sql = new StringBuilder("(CASE greatest_score");
        for (int j = 0; j < scores().size(); j++) {
            sql.append(" WHEN %s THEN %d".formatted(scores().get(j), j + 1));
        }
        return sql.append(" END)").toString();
    }

    private String squares() {
        List<String> errors = new ArrayList<>();
        for (int j = 0; j < scores().size(); j++) {
            errors.add("(%s - CASE WHEN true_place = %d THEN 1E0 ELSE 0E0 END)".formatted(scores().get(j), j + 1));
        }
        String sum = errors.stream().map(error -> error + " * " + error).collect(Collectors.joining(" + "));
        return errors.size() > 2 ? "(" + sum + ")" : "((" + sum + ") / 2E0)";
    }
}
