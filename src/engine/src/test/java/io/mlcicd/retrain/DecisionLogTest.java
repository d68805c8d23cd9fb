package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainDecision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is kept of decisions. */
class DecisionLogTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final RetrainAdvice NO = RetrainAdvice.of(Approval.NONE, List.of());

    private static RetrainDecision decision(Kind kind, Reason reason, String evidence) {
        return new RetrainDecision(
                kind,
                reason,
                "because",
                new TreeSet<>(List.of(evidence)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void countsWhatRepeatsItself() {
        DecisionLog log = DecisionLog.NONE;
        for (int i = 0; i < 1000; i++) {
            log = log.with(
                    "d" + i, decision(Kind.NOT, Reason.NOT_MET, "e"), NO, Optional.of("watch #7"), NOW.plusSeconds(i));
        }
        log = log.with(
                "e", decision(Kind.NOT, Reason.NOT_MET, "e"), NO, Optional.of("watch #8"), NOW.plusSeconds(2000));

        assertThat(log.entries()).hasSize(2);
        assertThat(log.entries().get(0).times()).isEqualTo(1000);
        assertThat(log.entries().get(0).first()).isEqualTo(NOW);
        assertThat(log.entries().get(0).last()).isEqualTo(NOW.plusSeconds(999));
        assertThat(log.entries().get(1).source()).contains("watch #8");
    }

    @Test
    void keepsTheNewestOnly() {
        DecisionLog log = DecisionLog.NONE;
        for (int i = 0; i < 1000; i++) {
            log = log.with("d" + i, decision(Kind.START, Reason.CONDITION, "e" + i), NO, Optional.empty(), NOW);
        }

        assertThat(log.entries()).hasSize(DecisionLog.MOST);
        assertThat(log.entries().get(0).id()).isEqualTo("d500");
    }

    @Test
    void knowsTheBuildOfAStart() throws Exception {
        DecisionLog log = DecisionLog.NONE
                .with("a", decision(Kind.START, Reason.CONDITION, "e"), NO, Optional.empty(), NOW)
                .withBuild("a", 12);

        assertThat(log.entries().get(0).build()).hasValue(12);
        assertThat(Json.mapper().readValue(Json.write(log), DecisionLog.class)).isEqualTo(log);
    }
}
