package io.mlcicd.drift.service;

import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How the lines of an access log are written. */
public sealed interface LogFormat {

    /**
     * The Common or Combined Log Format, as a rule with the latency as its last word: nginx' {@code $request_time} in
     * seconds, or Apache's {@code %D} in microseconds. Without another unit given, a number with a decimal point is seconds
     * and one without is microseconds.
     */
    record Combined() implements LogFormat {}

    /**
     * A regular expression that whole lines match.
     *
     * @param pattern with named groups {@code time} and {@code status}, and optionally {@code duration} and {@code path}
     */
    record Regex(Pattern pattern) implements LogFormat {

        /**
         * The format of that expression.
         *
         * @throws InvalidInputException when it is no regular expression, or lacks a group
         */
        public static Regex of(String text) {
            Pattern pattern;
            try {
                pattern = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new InvalidInputException(
                        "the pattern of the access log is no regular expression: %s near character %d"
                                .formatted(e.getDescription(), e.getIndex() + 1),
                        e);
            }
            for (String group : new String[] {"time", "status"}) {
                if (!text.contains("(?<" + group + ">")) {
                    throw new InvalidInputException(
                            "the pattern of the access log has no group '%s'; name it with (?<%s>...)"
                                    .formatted(group, group));
                }
            }
            return new Regex(pattern);
        }
    }

    /**
     * JSON, one object a line.
     *
     * @param fields names of the fields for {@code time}, {@code status}, {@code duration} and {@code path}, with dots
     *     between the names of nested ones; what is left out goes by the names of nginx, Caddy and Traefik
     */
    record JsonLines(Map<String, String> fields) implements LogFormat {

        /** @throws InvalidInputException when something else than these four is named */
        public JsonLines {
            for (String key : fields.keySet()) {
                if (!FIELDS.contains(key)) {
                    throw new InvalidInputException(
                            "'%s' is nothing that is read of an access log; fields can be given for %s"
                                    .formatted(key, String.join(", ", FIELDS)));
                }
            }
            fields = Map.copyOf(fields);
        }

        private static final List<String> FIELDS = List.of("time", "status", "duration", "path");

        Optional<String> field(String key) {
            return Optional.ofNullable(fields.get(key));
        }
    }
}
