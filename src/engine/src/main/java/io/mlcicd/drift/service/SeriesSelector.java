package io.mlcicd.drift.service;

import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Series of one metric, written as PromQL writes an instant vector selector: {@code name{label="text", code=~"5.."}}. A
 * label that a series lacks is the empty text; regular expressions must match the whole value.
 *
 * <p>Source: Prometheus documentation, Querying basics, "Instant vector selectors".
 *
 * @param name the metric's name
 * @param matchers what the labels must be; a series must match all
 */
public record SeriesSelector(String name, List<LabelMatcher> matchers) {

    private static final Pattern NAME =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:.]*)\\s*(?:\\{(.*)})?\\s*", Pattern.DOTALL);
    private static final Pattern MATCHER = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)')\\s*(,|$)",
            Pattern.DOTALL);

    public SeriesSelector {
        matchers = List.copyOf(matchers);
    }

    /** How a label is held against a text. */
    public enum Comparison {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCHES("=~"),
        MATCHES_NOT("!~");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }
    }

    /** What one label must be. */
    public record LabelMatcher(String label, Comparison comparison, String text) {

        /** @throws InvalidInputException when a regular expression is none */
        public LabelMatcher {
            if (comparison == Comparison.MATCHES || comparison == Comparison.MATCHES_NOT) {
                try {
                    Pattern.compile(text);
                } catch (PatternSyntaxException e) {
                    throw new InvalidInputException(
                            "the label '%s' is matched with '%s', which is no regular expression: %s"
                                    .formatted(label, text, e.getDescription()),
                            e);
                }
            }
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.getOrDefault(label, "");
            return switch (comparison) {
                case EQUAL -> value.equals(text);
                case NOT_EQUAL -> !value.equals(text);
                case MATCHES -> Pattern.matches(text, value);
                case MATCHES_NOT -> !Pattern.matches(text, value);
            };
        }

        @Override
        public String toString() {
            return label + comparison.sign + '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** All series of a metric. */
    public static SeriesSelector ofName(String name) {
        return new SeriesSelector(name, List.of());
    }

    /**
     * Reads a selector as a person writes it.
     *
     * @throws InvalidInputException when it is none; the message quotes what cannot be read
     */
    public static SeriesSelector parse(String text) {
        Matcher whole = NAME.matcher(text);
        if (!whole.matches()) {
            throw notOne(text, text);
        }
        List<LabelMatcher> matchers = new ArrayList<>();
        String rest = whole.group(2) == null ? "" : whole.group(2);
        while (!rest.isBlank()) {
            Matcher one = MATCHER.matcher(rest);
            if (!one.lookingAt()) {
                throw notOne(text, rest);
            }
            String quoted = one.group(3) != null ? one.group(3) : one.group(4);
            matchers.add(new LabelMatcher(one.group(1), comparison(one.group(2)), unescaped(quoted)));
            rest = rest.substring(one.end());
        }
        return new SeriesSelector(whole.group(1), matchers);
    }

    private static Comparison comparison(String sign) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign.equals(sign)) {
                return comparison;
            }
        }
        throw new IllegalArgumentException(sign);
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\([\"'\\\\])", "$1");
    }

    private static InvalidInputException notOne(String text, String part) {
        return new InvalidInputException(
                "'%s' selects no metric: '%s' cannot be read; write a name with labels, such as http_requests_total{code=~\"5..\"}"
                        .formatted(text, part.strip()));
    }

    /** Whether these labels are those of a series that is selected. */
    boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    /** Whether all that is selected here is selected there, too, as the matchers show. */
    boolean isPartOf(SeriesSelector other) {
        return name.equals(other.name) && matchers.containsAll(other.matchers);
    }

    /** The same series of another metric. */
    SeriesSelector withName(String other) {
        return new SeriesSelector(other, matchers);
    }

    /** The same, narrowed by one label more. */
    SeriesSelector and(LabelMatcher matcher) {
        List<LabelMatcher> all = new ArrayList<>(matchers);
        all.add(matcher);
        return new SeriesSelector(name, all);
    }

    /** The selector as PromQL writes it. */
    @Override
    public String toString() {
        return matchers.isEmpty()
                ? name
                : name
                        + matchers.stream()
                                .map(LabelMatcher::toString)
                                .toList()
                                .toString()
                                .replaceAll("^\\[", "{")
                                .replaceAll("]$", "}");
    }
}
