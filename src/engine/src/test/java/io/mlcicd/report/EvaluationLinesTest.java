package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationLinesTest {

    @Test
    void aTerminalIsToldWhatChangedWhereItIsWorstAndWhatDoesNotBehave() {
        assertThat(EvaluationLines.of(EvaluationDocuments.binary()))
                .containsExactly(
                        "accuracy 0.85, champion 0.83: +0.015 (-0.010 to +0.040), undecided",
                        "rocAuc 0.910, champion 0.876: +0.034 (+0.014 to +0.054), better",
                        "f1 0.8000, champion 0.8500: -0.050 (-0.070 to -0.030), worse",
                        "brier 0.1300, champion 0.1200: +0.0100, seems worse",
                        "worst slice: Where season = winter and wind is 6.2 or more, 39.1 % are wrong, elsewhere 18.2 %.",
                        "behaviour 'typos' (the change must not matter): broken in 4 of 100 rows, such as row 3: 'rian'"
                                + " got sun, 'rain' rain");
    }

    @Test
    void thereIsNothingToTellOfOneThatIsComparedWithNothing() {
        assertThat(EvaluationLines.of(EvaluationDocuments.multiclass())).isEmpty();
    }

    @Test
    void theHeadlineHasTheTwoMostTellingMetricsWithTheirIntervals() {
        assertThat(Headline.of(EvaluationDocuments.binary()))
                .isEqualTo("1,500 rows, accuracy 0.85 (0.80–0.89), rocAuc 0.910 (0.895–0.925); 2 of 3 gates failed");
        assertThat(Headline.of(EvaluationDocuments.early()))
                .isEqualTo("4 rows, accuracy 0.7500, rocAuc 0.7500, no gates");
        assertThat(Headline.of(EvaluationDocuments.of(
                        "ranking",
                        "PASSED",
                        "{ \"rows\": 9, \"mrr\": 1, \"recall@5\": 0.5 }",
                        "[]",
                        "{ \"rows\": 9 }")))
                .isEqualTo("9 rows, mrr 1, recall@5 0.5000, no gates");
    }
}
