package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry as a line of JSON whose last key is its digest: the SHA-256 of all bytes of the line before {@value #MARK}. So
 * that anyone can check it without our code.
 */
final class LogLine {

    static final String MARK = ",\"digest\":\"";

    private LogLine() {}

    /** What an entry says before it has a digest. */
    private record Unsealed(
            long sequence,
            Instant at,
            Optional<Digest> previous,
            String model,
            String event,
            String verdict,
            Optional<Instant> started,
            Optional<String> source,
            List<Node> nodes,
            List<Edge> edges,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Digest> removes) {}

    private record Removed(long sequence, Instant at, Optional<Digest> previous, boolean removed, Digest digest) {}

    /** The line of an entry, without a line feed. */
    static String write(long sequence, Instant at, Optional<Digest> previous, LineageEvent event) {
        String open = Json.line(new Unsealed(
                sequence,
                at,
                previous,
                event.model(),
                event.event(),
                event.verdict(),
                event.started(),
                event.source(),
                event.nodes(),
                event.edges(),
                event.removes()));
        String content = open.substring(0, open.length() - 1);
        return content + MARK + Digests.of(content.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    /** The line that takes the place of an entry whose content is removed. */
    static String withoutContent(LogEntry entry) {
        return Json.line(new Removed(entry.sequence(), entry.at(), entry.previous(), true, entry.digest()));
    }

    /**
     * Reads a line.
     *
     * @throws JsonProcessingException when it is no entry
     */
    static LogEntry read(String line) throws JsonProcessingException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /**
     * Reads a line that is a part of some bytes.
     *
     * @throws JsonProcessingException when it is no entry
     */
    static LogEntry read(byte[] bytes, int offset, int length) throws JsonProcessingException {
        LogEntry entry = LogParser.read(bytes, offset, length);
        return entry.removed() ? entry.withoutContent() : entry;
    }

    /** The digest that the line's content has, whatever it claims. */
    static Digest digest(String line) {
        int mark = line.lastIndexOf(MARK);
        String content = mark < 0 ? line : line.substring(0, mark);
        return Digests.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
