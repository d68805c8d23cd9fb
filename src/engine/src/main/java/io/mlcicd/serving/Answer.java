package io.mlcicd.serving;

import java.util.Optional;

/**
 * What came back for one request.
 *
 * @param status HTTP status; 0 when nothing came back
 * @param body the answer's text
 * @param millis from sending to the last byte
 * @param failure why nothing came back
 */
record Answer(int status, String body, double millis, Optional<String> failure) {

    private static final int SHOWN = 200;

    static Answer none(String failure, double millis) {
        return new Answer(0, "", millis, Optional.of(failure));
    }

    boolean successful() {
        return status / 100 == 2;
    }

    /** The text as it is quoted in messages: one line, not too long. */
    String quoted() {
        String line = shortened(body);
        return line.isEmpty() ? "nothing" : line;
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
