package io.mlcicd.deployment.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A client's request: its head, and its body, kept if it is short so that it can be sent more than once. */
final class Request {

    private static final int LONGEST_KEPT = 1 << 17;

    /** RFC 9110, section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    private final Head head;
    private final Wire client;
    private final Optional<byte[]> kept;
    private boolean bodyTouched;

    private Request(Head head, Wire client, Optional<byte[]> kept) {
        this.head = head;
        this.client = client;
        this.kept = kept;
    }

    /** Reads a request whose head has come, with its body if that is short. */
    static Request read(Head head, Wire client) throws IOException {
        head.requireOneFraming();
        OptionalLong length = head.contentLength();
        boolean isShort = !head.chunked() && length.orElse(0) <= LONGEST_KEPT;
        if (!isShort) {
            return new Request(head, client, Optional.empty());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        client.copy(length.orElse(0), body::write);
        return new Request(head, client, Optional.of(body.toByteArray()));
    }

    Head head() {
        return head;
    }

    /** Whether it can be sent whole once more. */
    boolean replayable() {
        return kept.isPresent() || !bodyTouched;
    }

    /** Whether sending it twice does what sending it once does. */
    boolean idempotent() {
        return IDEMPOTENT.contains(head.method());
    }

    /** Whether its body was begun and may not have been read to its end, so that nothing can follow on the connection. */
    boolean bodyTouched() {
        return bodyTouched;
    }

    boolean kept() {
        return kept.isPresent();
    }

    /** Its body; empty when that is too long to be kept. */
    Optional<byte[]> body() {
        return kept;
    }

    /** Sends it to a release. */
    void write(Backend to) throws IOException {
        List<Head.Field> upgrade = head.upgrade()
                .map(protocol -> List.of(new Head.Field("Connection", "Upgrade"), new Head.Field("Upgrade", protocol)))
                .orElse(List.of());
        to.out().write(head.without("Expect").passedOn(head.start(), upgrade));
        if (kept.isPresent()) {
            to.out().write(kept.get());
        } else {
            bodyTouched = true;
            if (head.chunked()) {
                client.copyChunked(to.out()::write, (bytes, offset, length) -> {});
            } else {
                client.copy(head.contentLength().orElse(0), to.out()::write);
            }
        }
        to.out().flush();
    }
}
