package io.mlcicd.deployment.supervisor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Keeps the body of an answer to look at it, if it is not too long for that. */
final class Capture {

    static final int LONGEST = 1 << 16;

    private final boolean wanted;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLong;

    Capture(boolean wanted) {
        this.wanted = wanted;
    }

    void take(byte[] from, int offset, int length) {
        if (!wanted || tooLong) {
            return;
        }
        tooLong = bytes.size() + length > LONGEST;
        if (!tooLong) {
            bytes.write(from, offset, length);
        }
    }

    /**
     * The answer, as far as it can be compared with another.
     *
     * @return empty when it was not kept
     */
    Optional<Answer> answer(Head head, int status, Optional<String> pointer) {
        if (!wanted || tooLong) {
            return Optional.empty();
        }
        Optional<JsonPlace.Value> prediction = pointer.filter(place -> status / 100 == 2)
                .flatMap(place -> text(head).flatMap(text -> JsonPlace.find(text, place)));
        return Optional.of(new Answer(status, prediction, Arrays.hashCode(bytes.toByteArray()), bytes.size()));
    }

    /** The body as JSON text; empty when it is none or was not kept. */
    Optional<String> text(Head head) {
        boolean json = head.find("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .isPresent();
        boolean plain = head.find("content-encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .isEmpty();
        return wanted && !tooLong && json && plain
                ? Optional.of(bytes.toString(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** An answer: its status, its prediction where one was found, and what tells its body from others. */
    record Answer(int status, Optional<JsonPlace.Value> prediction, int hash, int length) {

        boolean same(Answer other) {
            if (status != other.status) {
                return false;
            }
            if (prediction.isPresent() && other.prediction.isPresent()) {
                return prediction.get().same(other.prediction.get());
            }
            return prediction.isPresent() == other.prediction.isPresent()
                    && hash == other.hash
                    && length == other.length;
        }

        /** The prediction as it was written, as far as answers are noted at all: errors are not. */
        Optional<String> predicted() {
            return prediction.map(JsonPlace.Value::text);
        }

        void note(Predictions predictions) {
            prediction.ifPresent(value -> {
                if (value.isNumber()) {
                    predictions.number(value.number());
                } else {
                    predictions.category(value.text());
                }
            });
        }
    }
}
