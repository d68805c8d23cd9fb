package io.mlcicd.deployment.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private final Answers answers = new Answers();

    private void add(String id, String prediction) {
        answers.add(Optional.of(id), Optional.of(prediction));
    }

    @Test
    void tellsWhatCameSince() {
        add("a", "1");
        add("b", "2");
        Map<String, String> first = answers.after(0);
        assertThat(first)
                .containsEntry("id.0", "a")
                .containsEntry("prediction.1", "2")
                .containsEntry("next", "2")
                .containsEntry("more", "false");
        add("c", "3");
        assertThat(answers.after(2))
                .containsEntry("id.0", "c")
                .containsEntry("next", "3")
                .doesNotContainKey("id.1");
        assertThat(answers.after(3)).containsEntry("next", "3").doesNotContainKey("id.0");
    }

    @Test
    void countsWhatCannotBeJoined() {
        answers.add(Optional.empty(), Optional.of("1"));
        answers.add(Optional.of("a"), Optional.empty());
        answers.add(Optional.empty(), Optional.empty());
        assertThat(answers.after(0))
                .containsEntry("nameless", "2")
                .containsEntry("blind", "2")
                .containsEntry("next", "0");
    }

    @Test
    void tellsManyInParts() {
        for (int i = 0; i < 2 * Answers.AT_ONCE; i++) {
            add("r" + i, "x");
        }
        Map<String, String> part = answers.after(0);
        assertThat(part).containsEntry("next", String.valueOf(Answers.AT_ONCE)).containsEntry("more", "true");
        assertThat(answers.after(Answers.AT_ONCE))
                .containsEntry("id.0", "r" + Answers.AT_ONCE)
                .containsEntry("more", "false");
    }

    @Test
    void theOldestGiveWay() {
        for (int i = 0; i < Answers.MOST + 10; i++) {
            add("r" + i, "x");
        }
        assertThat(answers.after(0)).containsEntry("id.0", "r10");
        String big = "x".repeat(Answers.MOST_CHARACTERS / 4 - 1);
        for (int i = 0; i < 5; i++) {
            add(String.valueOf(i), big);
        }
        Map<String, String> left = answers.after(0);
        assertThat(left).containsEntry("id.0", "1").doesNotContainKey("id.4");
    }
}
