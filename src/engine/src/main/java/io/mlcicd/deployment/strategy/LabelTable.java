package io.mlcicd.deployment.strategy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Reads a file of labels that somebody may be writing to: CSV with a header (RFC 4180; tabs between the fields of a
 * {@code .tsv}), or JSON lines ({@code .jsonl}, {@code .ndjson}, {@code .json}). A last row without its line end is left
 * for the next time while the file is being written to. A row without a label is passed over: its truth is not known yet.
 */
final class LabelTable {

    private static final int LONGEST_ROW = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Labels labels;
    private final Path file;
    private final BiConsumer<String, String> sink;
    private final char delimiter;
    private int line = 1;

    private LabelTable(Labels labels, Path file, BiConsumer<String, String> sink) {
        this.labels = labels;
        this.file = file;
        this.sink = sink;
        this.delimiter = name(file).endsWith(".tsv") ? '\t' : ',';
    }

    /**
     * Reads the file.
     *
     * @param whole whether a last row without its line end counts
     * @param sink told of each id and its label, in the file's order
     * @throws InvalidInputException when it is malformed
     */
    static void read(Labels labels, Path file, boolean whole, BiConsumer<String, String> sink) throws IOException {
        LabelTable table = new LabelTable(labels, file, sink);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (name(file).matches(".*\\.(jsonl|ndjson|json)")) {
                table.json(in, whole);
            } else {
                table.csv(in, whole);
            }
        } catch (CharacterCodingException e) {
            throw table.malformed("is not UTF-8");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private InvalidInputException malformed(String what) {
        return new InvalidInputException("the labels %s:%d: %s (deploy.strategy.labels)".formatted(file, line, what));
    }

    private void json(BufferedReader in, boolean whole) throws IOException {
        StringBuilder row = new StringBuilder();
        int c;
        do {
            c = in.read();
            if (c >= 0 && c != '\n') {
                append(row, (char) c);
            } else {
                if (!row.toString().isBlank() && (c == '\n' || whole)) {
                    object(row.toString());
                }
                row.setLength(0);
                line++;
            }
        } while (c >= 0);
    }

    private void object(String text) {
        JsonNode row;
        try {
            row = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw malformed("this is no JSON object");
        }
        if (!row.isObject()) {
            throw malformed("this is no JSON object");
        }
        if (!row.has(labels.id())) {
            List<String> names = new ArrayList<>();
            row.fieldNames().forEachRemaining(names::add);
            throw malformed("there is no '%s'%s".formatted(labels.id(), Spelling.hint(labels.id(), names)));
        }
        JsonNode label = row.path(labels.label());
        if (label.isContainerNode()) {
            throw malformed("'%s' is no single value".formatted(labels.label()));
        }
        take(row.path(labels.id()).asText(), label.isNull() ? "" : label.asText());
    }

    private void csv(BufferedReader in, boolean whole) throws IOException {
        List<String> row = row(in, whole);
        if (row.isEmpty()) {
            return;
        }
        List<String> header = row;
        int id = column(header, labels.id());
        int label = column(header, labels.label());
        line++;
        for (row = row(in, whole); !row.isEmpty(); row = row(in, whole)) {
            if (row.size() != header.size()) {
                throw malformed("%d fields where the header has %d".formatted(row.size(), header.size()));
            }
            take(row.get(id), row.get(label));
            line++;
        }
    }

    private int column(List<String> header, String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw malformed("there is no column '%s'%s; there are: %s"
                    .formatted(name, Spelling.hint(name, header), String.join(", ", header)));
        }
        return at;
    }

    /** The next row with anything in it; nothing at the end. */
    private List<String> row(BufferedReader in, boolean whole) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        int begin = line;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (quoted && c == '"') {
                in.mark(1);
                quoted = in.read() == '"';
                if (quoted) {
                    append(field, '"');
                } else {
                    in.reset();
                }
            } else if (quoted) {
                line += c == '\n' ? 1 : 0;
                append(field, (char) c);
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
                any = true;
            } else if (c == delimiter) {
                fields.add(field.toString());
                field.setLength(0);
                any = true;
            } else if (c == '\n') {
                if (any || !field.isEmpty()) {
                    fields.add(field.toString());
                    return fields;
                }
                line++;
            } else if (c != '\r' && c != BYTE_ORDER_MARK) {
                append(field, (char) c);
            }
        }
        if (!whole || (!any && field.isEmpty())) {
            return List.of();
        }
        if (quoted) {
            line = begin;
            throw malformed("a quote is never closed");
        }
        fields.add(field.toString());
        return fields;
    }

    private void append(StringBuilder text, char c) {
        if (text.length() >= LONGEST_ROW) {
            throw malformed("a row longer than %d characters; is this a table of labels?".formatted(LONGEST_ROW));
        }
        text.append(c);
    }

    private void take(String id, String label) {
        String truth = label.strip();
        if (truth.isEmpty()) {
            return;
        }
        if (labels.numeric() && LabelMetrics.number(truth).isEmpty()) {
            throw malformed("'%s' is no number, as the labels of a model that predicts numbers are".formatted(truth));
        }
        sink.accept(id.strip(), truth);
    }
}
