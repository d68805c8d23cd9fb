package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.data.ValueLevels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores as levels, where there are too many different ones to be told apart: between quantiles of the scores, which each
 * take an equal share of the rows, levels are of equal width. Levels rise with the scores.
 *
 * @param score in SQL
 * @param distinct how many different scores there are, within a few percent
 * @param edges the quantiles, rising strictly
 * @param most so many different scores are told apart among all rows; of a slice so many together with its sisters
 */
public record ScoreLevels(String score, long distinct, List<Double> edges, long most) {

    private static final int PIECES = 64;

    /** So many levels a slice has between two quantiles, however many slices there are. */
    private static final int LEAST_IN_PIECE = 64;

    private static final List<Double> QUANTILES =
            IntStream.rangeClosed(0, PIECES).mapToObj(i -> (double) i / PIECES).toList();

    public ScoreLevels {
        edges = List.copyOf(edges);
    }

    /**
     * The levels of a score.
     *
     * @param from the rows: goes after FROM
     * @param score a finite double, in SQL
     */
    public static ScoreLevels of(DataEngine engine, String from, String score) throws InterruptedException {
        Row row = engine.query("SELECT %s AS d, %s AS q FROM (SELECT %s AS s FROM %s) AS scores"
                        .formatted(
                                engine.dialect().approximateDistinct("s"),
                                engine.dialect().roughQuantiles("s", QUANTILES),
                                score,
                                from))
                .get(0);
        return new ScoreLevels(
                score,
                row.count("d"),
                row.numbers("q").stream().distinct().sorted().toList(),
                engine.mostAdded());
    }

    /** Whether all scores are told apart in each of so many groups of rows. */
    public boolean exact(int groups) {
        return edges.size() < 2 || distinct <= most / groups;
    }

    /** The level of a row in SQL, where so many groups share the levels; the score itself where these are exact. */
    public String sql(int groups) {
        if (exact(groups)) {
            return score;
        }
        int inPiece = (int) Math.max(1, most / PIECES);
        return new ValueLevels(edges, Math.max(Math.min(LEAST_IN_PIECE, inPiece), inPiece / groups)).sql(score);
    }
}
