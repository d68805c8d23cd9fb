package io.mlcicd.deployment.supervisor;

import java.nio.charset.StandardCharsets;

/**
 * Sends clients that keep their connection over to the next release: the last answer of a release that leaves tells them
 * to open a new one ({@code Connection: close}, RFC 9112 section 9.6). Cutting the connection instead could lose a request
 * that is on its way.
 */
final class FinalAnswer {

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);

    private FinalAnswer() {}

    /**
     * The length of the status line, line feed included, when these bytes begin an answer; 0 when they do not. Interim
     * answers (1xx) are none: another follows, or the connection stops speaking HTTP.
     */
    static int statusLine(byte[] bytes, int length) {
        for (int i = 0; i < VERSION.length; i++) {
            if (i >= length || bytes[i] != VERSION[i]) {
                return 0;
            }
        }
        if (length == VERSION.length || bytes[VERSION.length] == '1') {
            return 0;
        }
        for (int i = VERSION.length; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    static byte[] header() {
        return HEADER.clone();
    }
}
