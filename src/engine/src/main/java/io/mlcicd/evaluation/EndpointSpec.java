package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A live service whose answers are judged.
 *
 * @param url where requests are posted, http or https
 * @param cases rows with what is sent and what is true
 * @param body JSON that is posted for a row: a text with {@code ${column}} for a column's value as JSON; empty for an
 *     object of all columns without a role
 * @param answer JSON pointer to the prediction in the answer; when it and the scores are left out, the answer itself where
 *     that is a bare value, else {@code /prediction}
 * @param scoreAnswer JSON pointer to the score; binary and ranking
 * @param scoresAnswer JSON pointers by name: multiclass of each class's probability, multilabel of each label's score,
 *     quantile of each level's quantile
 * @param headers sent along; may hold secrets, so they are never shown
 * @param concurrency how many requests are under way at once, 1 or more
 * @param timeout how long one answer may take
 * @param most how many rows are sent at the most, 1 or more
 */
public record EndpointSpec(
        String url,
        DataSource cases,
        Optional<String> body,
        Optional<String> answer,
        Optional<String> scoreAnswer,
        Map<String, String> scoresAnswer,
        Map<String, String> headers,
        int concurrency,
        Duration timeout,
        int most) {

    public static final int DEFAULT_CONCURRENCY = 4;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    public static final int DEFAULT_MOST = 10_000;

    public EndpointSpec {
        scoresAnswer = Map.copyOf(scoresAnswer);
        headers = Map.copyOf(headers);
    }

    /** The address for messages and documents: without a query or a user's name, which may hold secrets. */
    public String shown() {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }

    /** Headers may hold secrets. */
    @Override
    public String toString() {
        return "EndpointSpec[" + shown() + "]";
    }
}
