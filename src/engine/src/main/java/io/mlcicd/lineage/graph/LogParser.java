package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one line of a log, token by token: a log of a hundred thousand records is read whole for each question, mostly by a
 * process that has just begun and would spend seconds on warming up a mapper.
 */
final class LogParser {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private long sequence;
    private Instant at = Instant.EPOCH;
    private Optional<Digest> previous = Optional.empty();
    private String model = "";
    private String event = "";
    private String verdict = "";
    private Optional<Instant> started = Optional.empty();
    private Optional<String> source = Optional.empty();
    private List<Node> nodes = List.of();
    private List<Edge> edges = List.of();
    private List<Digest> removes = List.of();
    private boolean removed;
    private Optional<Digest> digest = Optional.empty();

    private LogParser(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws JsonProcessingException when it is no entry */
    static LogEntry read(byte[] bytes, int offset, int length) throws JsonProcessingException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            return new LogParser(parser).entry();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    private LogEntry entry() throws IOException {
        try {
            require(JsonToken.START_OBJECT, parser.nextToken());
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                take(key);
            }
            require(JsonToken.END_OBJECT, parser.currentToken());
            if (parser.nextToken() != null) {
                throw wrong("something follows the entry");
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(e.getMessage());
        }
        return new LogEntry(
                sequence,
                at,
                previous,
                model,
                event,
                verdict,
                started,
                source,
                nodes,
                edges,
                removes,
                removed,
                digest.orElseThrow(() -> wrong("it has no digest")));
    }

    private void take(String key) throws IOException {
        switch (key) {
            case "sequence" -> sequence = parser.getLongValue();
            case "at" -> at = Instant.parse(text());
            case "previous" -> previous = Optional.of(digest());
            case "model" -> model = text();
            case "event" -> event = text();
            case "verdict" -> verdict = text();
            case "started" -> started = Optional.of(Instant.parse(text()));
            case "source" -> source = Optional.of(text());
            case "nodes" -> nodes = list(this::node);
            case "edges" -> edges = list(this::edge);
            case "removes" -> removes = list(this::digest);
            case "removed" -> removed = parser.getBooleanValue();
            case "digest" -> digest = Optional.of(digest());
            default -> parser.skipChildren();
        }
    }

    private interface Element<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(Element<T> element) throws IOException {
        require(JsonToken.START_ARRAY, parser.currentToken());
        List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read());
        }
        return list;
    }

    private Node node() throws IOException {
        Optional<Digest> id = Optional.empty();
        Optional<NodeKind> kind = Optional.empty();
        String name = "";
        SortedMap<String, String> facts = new TreeMap<>();
        require(JsonToken.START_OBJECT, parser.currentToken());
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            switch (key) {
                case "id" -> id = Optional.of(digest());
                case "kind" -> kind = Optional.of(NodeKind.of(text()));
                case "name" -> name = text();
                case "facts" -> facts = facts();
                default -> parser.skipChildren();
            }
        }
        return new Node(
                id.orElseThrow(() -> wrong("a node has no id")),
                kind.orElseThrow(() -> wrong("a node has no kind")),
                name,
                facts);
    }

    private SortedMap<String, String> facts() throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        require(JsonToken.START_OBJECT, parser.currentToken());
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            facts.put(key, text());
        }
        return facts;
    }

    private Edge edge() throws IOException {
        Optional<Digest> upstream = Optional.empty();
        Optional<Digest> downstream = Optional.empty();
        Optional<EdgeKind> kind = Optional.empty();
        require(JsonToken.START_OBJECT, parser.currentToken());
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            switch (key) {
                case "upstream" -> upstream = Optional.of(digest());
                case "downstream" -> downstream = Optional.of(digest());
                case "kind" -> kind = Optional.of(EdgeKind.of(text()));
                default -> parser.skipChildren();
            }
        }
        return new Edge(
                upstream.orElseThrow(() -> wrong("an edge begins nowhere")),
                downstream.orElseThrow(() -> wrong("an edge ends nowhere")),
                kind.orElseThrow(() -> wrong("an edge has no kind")));
    }

    private Digest digest() throws IOException {
        return new Digest(text());
    }

    private String text() throws IOException {
        require(JsonToken.VALUE_STRING, parser.currentToken());
        return parser.getText();
    }

    private void require(JsonToken wanted, JsonToken there) throws IOException {
        if (wanted != there) {
            throw wrong("expected " + wanted + ", but there is " + there);
        }
    }

    private JsonParseException wrong(String why) {
        return new JsonParseException(parser, why);
    }
}
