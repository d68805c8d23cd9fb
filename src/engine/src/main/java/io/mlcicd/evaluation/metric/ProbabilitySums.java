package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.List;

/** What {@link ProbabilityLosses} makes its metrics of, summed in SQL. */
final class ProbabilitySums {

    private ProbabilitySums() {}

    static SummedFamily of(JudgedColumns columns) {
        String score = "CAST(" + columns.score() + " AS DOUBLE)";
        String truth = "(CASE WHEN %s = 1 THEN %s ELSE 1E0 - %s END)".formatted(columns.actual(), score, score);
        String loss = "(-LN(LEAST(GREATEST(%s, %s), %s)))"
                .formatted(
                        truth,
                        ErrorSums.literal(ProbabilityLosses.EPSILON),
                        ErrorSums.literal(1 - ProbabilityLosses.EPSILON));
        String square = "((1E0 - %s) * (1E0 - %s))".formatted(truth, truth);
        Sums sums = new Sums(
                List.of(columns.actual(), Reliability.bin(score)),
                List.of(loss, loss + " * " + loss, square, square + " * " + square, score),
                List.of(),
                (tally, codes, found, weight, squares) ->
                        ((RankedTally) tally).addSums(codes[0] == 1, (int) codes[1], found, weight, squares));
        return new SummedFamily(List.of(), known -> sums);
    }
}
