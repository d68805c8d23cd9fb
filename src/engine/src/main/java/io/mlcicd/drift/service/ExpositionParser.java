package io.mlcicd.drift.service;

import io.mlcicd.drift.service.Exposition.Sample;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads metrics as services publish them: the Prometheus text format 0.0.4 and OpenMetrics 1.0. Of both it takes what they
 * share and tolerates what only one has (exemplars, units, {@code # EOF}, timestamps in either form), because exporters
 * are not always careful about which of them they speak. Names in quotes, of Prometheus 3, are read as well.
 *
 * <p>Source: Prometheus documentation, "Exposition formats"; OpenMetrics 1.0.0, "ABNF".
 */
final class ExpositionParser {

    private final String shown;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> types = new HashMap<>();
    private String line = "";
    private int number;
    private int at;

    private ExpositionParser(String shown) {
        this.shown = shown;
    }

    /**
     * Reads the whole text.
     *
     * @param shown where it came from, for messages
     * @throws InvalidInputException when a line cannot be read; the message has its number
     */
    static Exposition parse(String text, String shown) {
        ExpositionParser parser = new ExpositionParser(shown);
        String start = text.stripLeading();
        if (start.startsWith("<")) {
            throw new InvalidInputException(
                    "%s is a web page, not metrics; the address of metrics often ends in /metrics".formatted(shown));
        }
        if (start.startsWith("{\"") && start.contains("\":")) {
            throw new InvalidInputException(
                    "%s is JSON, not metrics in Prometheus' text format; the address of these often ends in /metrics or /prometheus"
                            .formatted(shown));
        }
        text.lines().forEach(parser::read);
        // A service that has counted nothing yet may have nothing to tell but the text's end.
        if (parser.samples.isEmpty() && !start.startsWith("#")) {
            throw new InvalidInputException(shown + " has no metrics; is the address that of a Prometheus exporter?");
        }
        return new Exposition(List.copyOf(parser.samples), Map.copyOf(parser.types));
    }

    private void read(String next) {
        line = next;
        number++;
        at = 0;
        skipBlanks();
        if (atEnd()) {
            return;
        }
        if (line.charAt(at) == '#') {
            comment();
        } else {
            sample();
        }
    }

    private void comment() {
        String[] words = line.substring(at).split("[ \\t]+", 4);
        if (words.length >= 4 && words[1].equals("TYPE")) {
            types.put(words[2].replace("\"", ""), words[3].strip().toLowerCase(Locale.ROOT));
        }
    }

    private void sample() {
        Map<String, String> labels = new LinkedHashMap<>();
        String name = line.charAt(at) == '{' ? "" : word("{ \t");
        skipBlanks();
        if (!atEnd() && line.charAt(at) == '{') {
            at++;
            name = labels(name, labels);
            skipBlanks();
        }
        if (name.isEmpty()) {
            throw error("has no metric name");
        }
        String value = word(" \t");
        samples.add(new Sample(name, Map.copyOf(labels), number(value)));
        skipBlanks();
        if (!atEnd() && line.charAt(at) != '#') {
            number(word(" \t"));
            skipBlanks();
        }
        if (!atEnd() && line.charAt(at) != '#') {
            throw error("goes on after its value with '%s'".formatted(line.substring(at)));
        }
    }

    /** Reads the labels up to the closing brace; returns the name, which may stand in quotes among them. */
    private String labels(String name, Map<String, String> labels) {
        String found = name;
        while (true) {
            skipBlanks();
            if (atEnd()) {
                throw error("has no closing brace");
            }
            if (line.charAt(at) == '}') {
                at++;
                return found;
            }
            boolean inQuotes = line.charAt(at) == '"';
            String label = inQuotes ? quoted() : word("=,} \t");
            skipBlanks();
            if (!atEnd() && line.charAt(at) == '=') {
                at++;
                skipBlanks();
                if (atEnd() || line.charAt(at) != '"') {
                    throw error("has a label '%s' without a value in quotes".formatted(label));
                }
                if (labels.put(label, quoted()) != null) {
                    throw error("has the label '%s' twice".formatted(label));
                }
            } else if (inQuotes && found.isEmpty()) {
                found = label;
            } else {
                throw error("has a label '%s' without a value".formatted(label));
            }
            skipBlanks();
            if (!atEnd() && line.charAt(at) == ',') {
                at++;
            } else if (atEnd() || line.charAt(at) != '}') {
                throw error("has labels that no comma separates");
            }
        }
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        for (at++; !atEnd(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            if (c == '\\' && at + 1 < line.length()) {
                at++;
                char escaped = line.charAt(at);
                switch (escaped) {
                    case 'n' -> text.append('\n');
                    case '\\', '"' -> text.append(escaped);
                    default -> text.append('\\').append(escaped);
                }
            } else {
                text.append(c);
            }
        }
        throw error("has a text without its closing quote");
    }

    private String word(String ends) {
        int from = at;
        while (!atEnd() && ends.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(from, at);
    }

    private double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "+inf", "inf", "+infinity", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> finite(text);
        };
    }

    private double finite(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw error(text.isEmpty() ? "has no value" : "has '%s' where a number must be".formatted(text));
        }
    }

    private void skipBlanks() {
        while (!atEnd() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= line.length();
    }

    private InvalidInputException error(String what) {
        return new InvalidInputException(
                "%s: line %d %s; it is not Prometheus' text format".formatted(shown, number, what));
    }
}
