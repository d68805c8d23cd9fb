package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.SummedFamily.JudgedRelation;
import io.mlcicd.evaluation.metric.SummedFamily.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link RankingTally} makes its metrics of, summed in SQL: a row for each query, with what {@link RankedQuery}
 * measures of its documents, from windows over these.
 */
final class RankingSums {

    private static final String RELEVANT = "CASE WHEN relevance > 0 THEN 1 ELSE 0 END";

    private final JudgedColumns columns;
    private final int[] cutoffs;

    private RankingSums(JudgedColumns columns, int[] cutoffs) {
        this.columns = columns;
        this.cutoffs = cutoffs;
    }

    static SummedFamily of(JudgedColumns columns, int[] cutoffs) {
        RankingSums sums = new RankingSums(columns, cutoffs);
        return new SummedFamily(List.of(), known -> sums.sums());
    }

    private Sums sums() {
        List<String> summed = new ArrayList<>(List.of("1E0 / weight"));
        for (String mean : Stream.concat(Stream.of("ndcg", "map", "mrr"), ofCutoffs("ndcg", "precision", "recall"))
                .toList()) {
            summed.add(mean);
            summed.add(mean + " * " + mean);
        }
        ofCutoffs("hit").forEach(summed::add);
        return new Sums(
                List.of("answerable"),
                summed,
                List.of(),
                this::queries,
                (tally, codes, found, weight, squares) ->
                        ((RankingTally) tally).addSums(codes[0] == 1, found, weight, squares));
    }

    /** Names of what depends on a cutoff, cutoff by cutoff. */
    private Stream<String> ofCutoffs(String... names) {
        return Arrays.stream(cutoffs).boxed().flatMap(cutoff -> Stream.of(names).map(name -> name + "_" + cutoff));
    }

    private String queries(JudgedRelation judged, List<String> keys) {
        String unit = Stream.concat(keys.stream(), Stream.of(columns.query())).collect(Collectors.joining(", "));
        List<String> select = new ArrayList<>(keys);
        select.add("SUM(weight) / COUNT(*) AS weight");
        select.add("MAX(relevant) AS relevant");
        select.add("SUM(mean_gain * discount) AS gain");
        select.add("SUM(relevance * best_discount) AS best_gain");
        select.add("SUM(CASE WHEN relevance > 0 THEN 1E0 * found / rows_so_far ELSE 0E0 END) AS precisions");
        select.add("SUM(1E0 * chance / place) AS mrr");
        for (int cutoff : cutoffs) {
            select.add(within("place", cutoff, "mean_gain * discount", "gain"));
            select.add(within("best_place", cutoff, "relevance * best_discount", "best_gain"));
            select.add(within("place", cutoff, "tied_relevant / tied", "found"));
            select.add(within("place", cutoff, "chance", "hit"));
        }
        String measured = "SELECT " + String.join(", ", select) + " FROM (" + documents(judged, unit)
                + ") AS documents GROUP BY " + unit;
        return "(SELECT " + String.join(", ", shares(keys)) + " FROM (" + measured + ") AS measured) AS queries";
    }

    private static String within(String place, int cutoff, String summed, String name) {
        return "SUM(CASE WHEN %s <= %d THEN %s ELSE 0E0 END) AS %s_%d".formatted(place, cutoff, summed, name, cutoff);
    }

    /** What the sums of a query are worth; no more than 1, beyond which rounding may take them. */
    private List<String> shares(List<String> keys) {
        List<String> select = new ArrayList<>(keys);
        select.add("weight");
        select.add("CASE WHEN relevant > 0 THEN 1 ELSE 0 END AS answerable");
        select.add(answered("LEAST(1E0, gain / best_gain)", "ndcg"));
        select.add(answered("precisions / relevant", "map"));
        select.add("mrr");
        for (int cutoff : cutoffs) {
            select.add(answered("LEAST(1E0, gain_%1$d / best_gain_%1$d)".formatted(cutoff), "ndcg_" + cutoff));
            select.add("found_%1$d / %1$dE0 AS precision_%1$d".formatted(cutoff));
            select.add(answered("found_" + cutoff + " / relevant", "recall_" + cutoff));
            select.add("hit_" + cutoff);
        }
        return select;
    }

    private static String answered(String share, String name) {
        return "CASE WHEN relevant > 0 THEN " + share + " ELSE 0E0 END AS " + name;
    }

    /**
     * Documents with their places, and those of one score with what they have together. {@code chance} is that of the first
     * relevant document to stand in this place: of n documents of one score of which h are relevant it is, for the r-th
     * place among them, h / (n - r + 1) times the product over i = 0 ... r - 2 of (n - h - i) / (n - i).
     */
    private String documents(JudgedRelation judged, String unit) {
        String byScore = "PARTITION BY " + unit + " ORDER BY score DESC";
        String ofScore = "PARTITION BY " + unit + ", score";
        String read =
                "SELECT %s, %s AS score, CAST(%s AS DOUBLE) AS relevance, CAST(weight AS DOUBLE) AS weight FROM %s"
                        .formatted(unit, columns.score(), columns.actual(), judged.rows());
        String placed = String.join(
                        ", ",
                        "SELECT *",
                        "row_number() OVER (" + byScore + ") AS place",
                        "row_number() OVER (PARTITION BY " + unit + " ORDER BY relevance DESC) AS best_place",
                        // A window that is ordered and has no frame ends with the last document of the same score.
                        "CAST(COUNT(*) OVER (" + byScore + ") AS DOUBLE) AS rows_so_far",
                        "CAST(SUM(" + RELEVANT + ") OVER (" + byScore + ") AS DOUBLE) AS found",
                        "CAST(COUNT(*) OVER (" + ofScore + ") AS DOUBLE) AS tied",
                        "CAST(SUM(" + RELEVANT + ") OVER (" + ofScore + ") AS DOUBLE) AS tied_relevant",
                        "SUM(relevance) OVER (" + ofScore + ") AS tied_gain",
                        "CAST(SUM(" + RELEVANT + ") OVER (PARTITION BY " + unit + ") AS DOUBLE) AS relevant")
                + " FROM (" + read + ") AS read_documents";
        String ranked = "SELECT *, place - rows_so_far + tied AS tied_place FROM (" + placed + ") AS placed";
        String none = "CASE WHEN tied - tied_relevant - tied_place + 1 > 0"
                + " THEN LN(tied - tied_relevant - tied_place + 1E0) - LN(tied - tied_place + 1E0) ELSE 0E0 END";
        String noneBefore = "COALESCE(SUM(" + none + ") OVER (" + ofScore
                + " ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0E0)";
        String first = "found = tied_relevant AND tied_relevant > 0 AND tied_place <= tied - tied_relevant + 1";
        return "SELECT *, tied_gain / tied AS mean_gain, LN(2E0) / LN(place + 1E0) AS discount,"
                + " LN(2E0) / LN(best_place + 1E0) AS best_discount, CASE WHEN " + first + " THEN EXP(" + noneBefore
                + ") * tied_relevant / (tied - tied_place + 1E0) ELSE 0E0 END AS chance FROM (" + ranked
                + ") AS ranked";
    }
}
