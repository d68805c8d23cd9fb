package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceSource.AccessLog;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;

/** Reads one line of an access log. */
@FunctionalInterface
interface LineParser {

    /** The request that a line tells of; empty when it is not of the log's format. */
    Optional<LogLine> parse(String line);

    /** The parser of a log's format. */
    static LineParser of(AccessLog log) {
        if (log.format() instanceof LogFormat.Regex regex) {
            return regex(regex, log.unit().orElse(LatencyUnit.SECONDS));
        }
        return log.format() instanceof LogFormat.JsonLines json
                ? new JsonLineParser(json, log.unit())
                : new CombinedParser(log.unit());
    }

    /** What a format is called in documents and messages. */
    static String name(LogFormat format) {
        if (format instanceof LogFormat.Regex) {
            return "the given pattern";
        }
        return format instanceof LogFormat.JsonLines ? "JSON lines" : "the Common or Combined Log Format";
    }

    private static LineParser regex(LogFormat.Regex format, LatencyUnit unit) {
        LogTime times = new LogTime();
        String pattern = format.pattern().pattern();
        boolean hasDuration = pattern.contains("(?<duration>");
        boolean hasPath = pattern.contains("(?<path>");
        return line -> {
            Matcher matcher = format.pattern().matcher(line);
            try {
                if (!matcher.matches()) {
                    return Optional.empty();
                }
            } catch (StackOverflowError e) {
                // Java's expressions recurse; what a pattern cannot be held against does not match it.
                return Optional.empty();
            }
            String duration = hasDuration ? matcher.group("duration") : null;
            String path = hasPath ? matcher.group("path") : null;
            return line(
                    times.seconds(matcher.group("time")),
                    status(matcher.group("status")),
                    millis(duration == null ? "" : duration, unit),
                    path == null ? "" : path);
        };
    }

    /** A line of which time and status could be read. */
    static Optional<LogLine> line(OptionalDouble time, OptionalInt status, double millis, String path) {
        return time.isEmpty() || status.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogLine(time.getAsDouble(), status.getAsInt(), millis, path));
    }

    /** A status of three digits; empty for anything else. */
    static OptionalInt status(String text) {
        return text != null && text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** A latency in milliseconds; NaN when the text is none. */
    static double millis(String text, LatencyUnit unit) {
        OptionalDouble number = LogTime.decimal(text);
        return number.isPresent() && number.getAsDouble() >= 0 ? unit.toMillis(number.getAsDouble()) : Double.NaN;
    }
}
