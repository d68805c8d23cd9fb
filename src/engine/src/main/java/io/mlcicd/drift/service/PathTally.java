package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceFindings.Endpoint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts requests by their path. */
final class PathTally {

    private static final int MOST_PATHS = 10_000;
    private static final int MOST_TOLD = 10;
    private static final int MOST_EXACT = 200;
    private static final int LONGEST = 200;
    private static final Pattern IDENTIFIER = Pattern.compile(
            "[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?=[^/]*[0-9])[0-9a-fA-F]{16,}|[^/]{40,}");
    private static final Pattern SEGMENT = Pattern.compile("[^/]+");

    private final Map<String, Tally> paths = new HashMap<>();
    private long others;

    private static final class Tally {
        private final LatencySketch latency = new LatencySketch(MOST_EXACT);
        private long requests;
        private long errors;
    }

    void add(LogLine line, boolean error) {
        String path = template(line.path());
        Tally tally = paths.get(path);
        if (tally == null) {
            // Scanners ask for any number of paths; memory must not grow with them.
            if (paths.size() >= MOST_PATHS) {
                others++;
                return;
            }
            tally = new Tally();
            paths.put(path, tally);
        }
        tally.requests++;
        tally.errors += error ? 1 : 0;
        if (!Double.isNaN(line.millis())) {
            tally.latency.add(line.millis());
        }
    }

    /** Number of requests whose path is not told apart, for there are too many. */
    long others() {
        return others;
    }

    List<Endpoint> busiest() {
        return paths.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Tally> entry) -> entry.getValue().requests)
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_TOLD)
                .map(entry -> endpoint(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Endpoint endpoint(String path, Tally tally) {
        return new Endpoint(
                path,
                tally.requests,
                (double) tally.errors / tally.requests,
                tally.latency.mean(),
                tally.latency.percentiles());
    }

    /** The path without its query, host and identifiers, so that like requests are counted together. */
    static String template(String logged) {
        String path = logged.replaceFirst("[?#;].*", "").replaceFirst("^[a-zA-Z]+://[^/]*", "");
        path = path.substring(0, Math.min(path.length(), LONGEST)).replaceAll("\\p{Cntrl}", "?");
        if (path.isEmpty()) {
            return logged.isEmpty() ? "(none)" : "/";
        }
        return SEGMENT.matcher(path)
                .replaceAll(segment -> IDENTIFIER.matcher(segment.group()).matches()
                        ? "{id}"
                        : Matcher.quoteReplacement(segment.group()));
    }
}
