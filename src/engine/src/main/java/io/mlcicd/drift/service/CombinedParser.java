package io.mlcicd.drift.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the Common and the Combined Log Format with whatever follows: {@code host ident user [time] "request" status bytes
 * "referer" "agent" ...}. Words before the time are not looked at, so that a virtual host may come first.
 *
 * <p>Source: Apache HTTP Server documentation, "Log Files"; nginx documentation, ngx_http_log_module.
 */
final class CombinedParser implements LineParser {

    private static final int REFERER_AND_AGENT = 2;

    private final Optional<LatencyUnit> unit;
    private final LogTime times = new LogTime();

    /** @param unit the unit of the latency; empty for seconds with a decimal point and microseconds without */
    CombinedParser(Optional<LatencyUnit> unit) {
        this.unit = unit;
    }

    /** A word of a line; one in quotes may have blanks. */
    private record Word(String text, boolean quoted) {}

    @Override
    public Optional<LogLine> parse(String line) {
        int open = line.indexOf('[');
        int close = line.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        List<Word> words = words(line, close + 1);
        if (words.size() < 3 || !words.get(0).quoted()) {
            return Optional.empty();
        }
        OptionalInt status = LineParser.status(words.get(1).text());
        return LineParser.line(
                times.seconds(line.substring(open + 1, close)),
                status,
                millis(words.subList(3, words.size())),
                path(words.get(0).text()));
    }

    private static List<Word> words(String line, int from) {
        List<Word> words = new ArrayList<>();
        int at = from;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
            } else if (line.charAt(at) == '"') {
                int end = at + 1;
                while (end < line.length() && line.charAt(end) != '"') {
                    end += line.charAt(end) == '\\' ? 2 : 1;
                }
                words.add(new Word(line.substring(at + 1, Math.min(end, line.length())), true));
                at = end + 1;
            } else {
                int end = line.indexOf(' ', at);
                end = end < 0 ? line.length() : end;
                words.add(new Word(line.substring(at, end), false));
                at = end;
            }
        }
        return words;
    }

    private double millis(List<Word> after) {
        if (after.isEmpty()) {
            return Double.NaN;
        }
        Word last = after.get(after.size() - 1);
        if (last.quoted() && after.size() <= REFERER_AND_AGENT) {
            return Double.NaN;
        }
        String text = last.text().substring(last.text().indexOf('=') + 1).replace("\"", "");
        LatencyUnit told = text.indexOf('.') < 0 ? LatencyUnit.MICROSECONDS : LatencyUnit.SECONDS;
        return LineParser.millis(text, unit.orElse(told));
    }

    /** What is no request of HTTP, as of a scanner, has no path. */
    private static String path(String request) {
        int from = request.indexOf(' ') + 1;
        int to = request.lastIndexOf(' ');
        String path = request.substring(from, to > from ? to : request.length());
        return from > 0 && (path.startsWith("/") || path.contains("://")) ? path : "";
    }
}
