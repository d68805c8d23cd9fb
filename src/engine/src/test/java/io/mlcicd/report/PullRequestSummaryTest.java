package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PullRequestSummaryTest {

    @Test
    void theVerdictIsFirstThenWhatFailedThenTheNumbers() {
        String comment = PullRequestSummary.markdown(List.of(EvaluationDocuments.binary()));

        assertThat(comment).startsWith("### weather: FAILED\n\n2 of 3 gates failed.\n\n| Gate that failed |");
        assertThat(comment)
                .containsSubsequence(
                        "| f1 has fallen | evaluate | failure |",
                        "| behaviour.typos is 0.9600, must be at least 1 | evaluate | unstable |",
                        "| Metric | Value | 95 % interval | Champion | Change | Verdict |",
                        "| --- | ---: | ---: | ---: | ---: | --- |",
                        "| accuracy | 0.85 | 0.80–0.89 | 0.83 | +0.015 (-0.010 to +0.040) | ≈\u00A0undecided |",
                        "- Where season = winter and wind is 6.2 or more",
                        "- behaviour 'typos' (the change must not matter): broken in 4 of 100 rows, such as row 3",
                        "<details><summary>All metrics</summary>\n\n|",
                        "<details><summary>Slices</summary>\n\n#### Slices by season",
                        "<details><summary>All gates</summary>",
                        "<details><summary>Lineage</summary>");
        assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
    }

    @Test
    void textsFromDataAreNeitherMarkupNorCalls() {
        String comment = PullRequestSummary.markdown(List.of(EvaluationDocuments.hostile(
                "a|b\n# c <img src=x> @team #12 ![p](http://evil.example/x.png) `code` *b* </details>")));

        assertThat(comment)
                .doesNotContain("<img", "@team", "#12", "http://", "\n# c")
                .contains("a\\|b # c &lt;img src=x&gt; @\u200Bteam #\u200B12 !\\[p\\]")
                .contains("\\`code\\` \\*b\\* &lt;/details&gt;");
        List<String> table =
                comment.lines().filter(line -> line.startsWith("|")).toList();
        assertThat(table).allMatch(line -> line.endsWith("|"));
    }

    @Test
    void aCommentIsNeverLongerThanItMayBe() {
        String slices = IntStream.range(0, 40)
                .boxed()
                .flatMap(s -> IntStream.range(0, 50)
                        .mapToObj(v -> ("{ \"column\": \"s%d\", \"value\": \"%s %d\", \"rows\": 99, \"gated\": true,"
                                        + " \"metrics\": { \"accuracy\": 0.5 } }")
                                .formatted(s, "ü".repeat(40), v)))
                .collect(Collectors.joining(", "));

        String comment = PullRequestSummary.markdown(List.of(EvaluationDocuments.of(
                "binary",
                "PASSED",
                "{ \"rows\": 9, \"accuracy\": 0.5 }",
                "[]",
                "{ \"task\": \"binary\", \"rows\": 9, \"slices\": [" + slices + "] }")));

        assertThat(comment.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(59_000, PullRequestSummary.MOST_BYTES);
        assertThat(comment).endsWith("The report and the result documents have it all.\n");
        assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
    }

    @Test
    void earlyDocumentsAreSummedUp() {
        assertThat(PullRequestSummary.markdown(List.of(EvaluationDocuments.early())))
                .contains("### weather: PASSED", "There were no gates.")
                .contains("| accuracy | 0.7500 | 0.5000 | +0.2500 | △\u00A0seems better |");
    }
}
