package io.mlcicd.evaluation;

import java.util.Map;

/** Feeds ranking curves from one pass over the scores, sorted by the engine. */
final class Rankings {

    private Rankings() {}

    /**
     * Adds every score of every group to the group's curve.
     *
     * @param score the score in SQL
     * @param positive whether a row is positive, in SQL
     */
    static void stream(
            Predictions predictions,
            Grouping grouping,
            String score,
            String positive,
            Map<String, RankingCurve> rankings)
            throws InterruptedException {
        predictions.engine().stream(
                "SELECT g, s, SUM(hit) AS positives, COUNT(*) - SUM(hit) AS negatives FROM (SELECT "
                        + grouping.sql() + " AS g, " + score + " AS s, CASE WHEN " + positive
                        + " THEN 1 ELSE 0 END AS hit FROM " + predictions.from()
                        + ") AS scored GROUP BY g, s ORDER BY g, s DESC",
                row -> rankings.get(row.text("g").orElseThrow()).step(row.count("positives"), row.count("negatives")));
    }
}
