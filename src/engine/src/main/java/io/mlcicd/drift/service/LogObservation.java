package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceFindings.Kind;
import io.mlcicd.drift.service.ServiceFindings.LogReading;
import io.mlcicd.drift.service.ServiceSource.AccessLog;
import io.mlcicd.drift.service.ServiceSource.LogFile;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads an access log, line by line in bounded memory; twice when only its end is asked for, because lines need not be in
 * the order of their times. The log's own times tell how long it lasted; they are of whole seconds in most logs, so that it
 * ends a second after its newest.
 */
final class LogObservation {

    private static final int MOST_EXACT = 1_000_000;
    private static final double SECOND = 1;

    /** More than this share of lines in another format is another format. */
    private static final double MOST_MALFORMED = 0.1;

    private static final int LINES_BETWEEN_LOOKS = 10_000;

    private final AccessLog log;
    private final Progress progress;
    private final String shown;
    private long lines;
    private long malformed;
    private Optional<String> firstMalformed = Optional.empty();
    private double oldest = Double.POSITIVE_INFINITY;
    private double newest = Double.NEGATIVE_INFINITY;

    LogObservation(AccessLog log, Progress progress) {
        this.log = log;
        this.progress = progress;
        this.shown = log.files().stream().map(LogFile::shown).collect(Collectors.joining(", "));
    }

    ServiceFindings findings() throws InterruptedException {
        if (log.files().isEmpty()) {
            throw new InvalidInputException("no access log is there to be read; give the path of one");
        }
        if (log.errorsFrom() < 400 || log.errorsFrom() > 599) {
            throw new InvalidInputException("a status from %d on cannot be an error; write a number from 400 to 599"
                    .formatted(log.errorsFrom()));
        }
        Tally tally = new Tally();
        if (log.last().isPresent()) {
            read(line -> {});
            double begin = newest + SECOND - log.last().get().toNanos() / 1e9;
            lines = 0;
            malformed = 0;
            firstMalformed = Optional.empty();
            read(line -> {
                if (line.time() >= begin) {
                    tally.add(line);
                }
            });
            oldest = Math.max(oldest, begin);
        } else {
            read(line -> tally.add(line));
        }
        if (malformed > MOST_MALFORMED * lines) {
            throw new InvalidInputException(
                    "%d of %d lines of %s are not in %s, the first of them %s; say what 'format' the log has"
                            .formatted(
                                    malformed,
                                    lines,
                                    shown,
                                    LineParser.name(log.format()),
                                    firstMalformed.orElseThrow()));
        }
        return tally.findings();
    }

    private void read(Consumer<LogLine> hears) throws InterruptedException {
        int read = 0;
        for (LogFile file : log.files()) {
            progress.step(
                    "reading " + file.shown(), (double) read++ / log.files().size());
            LineParser parser = LineParser.of(log);
            try (LogLines text = LogLines.open(file)) {
                long number = 0;
                for (String line = text.next(); line != null; line = text.next()) {
                    number++;
                    if (number % LINES_BETWEEN_LOOKS == 0 && Thread.interrupted()) {
                        throw new InterruptedException("reading " + file.shown() + " was interrupted");
                    }
                    if (!line.isBlank()) {
                        hear(parser.parse(line), file.shown() + ":" + number, hears);
                    }
                }
            }
        }
    }

    private void hear(Optional<LogLine> line, String where, Consumer<LogLine> hears) {
        lines++;
        if (line.isEmpty()) {
            malformed++;
            firstMalformed = firstMalformed.or(() -> Optional.of(where));
        } else {
            oldest = Math.min(oldest, line.get().time());
            newest = Math.max(newest, line.get().time());
            hears.accept(line.get());
        }
    }

    /** What the requests of the window add up to. */
    private final class Tally {

        private final LatencySketch latency = new LatencySketch(MOST_EXACT);
        private final PathTally paths = new PathTally();
        private final Map<String, String> absent = new TreeMap<>();
        private long requests;
        private long errors;
        private long withoutLatency;

        void add(LogLine line) {
            boolean error = line.status() >= log.errorsFrom();
            requests++;
            errors += error ? 1 : 0;
            paths.add(line, error);
            if (Double.isNaN(line.millis())) {
                withoutLatency++;
            } else {
                latency.add(line.millis());
            }
        }

        ServiceFindings findings() {
            boolean any = requests > 0;
            if (!any) {
                absent.put(ServiceFindings.PER_SECOND, "the log has no request");
                absent.put(ServiceFindings.ERRORS, "the log has no request");
            }
            if (latency.count() == 0) {
                String reason = any
                        ? "no line of the log tells how long its request took; let nginx append $request_time, Apache %D"
                        : "the log has no request";
                absent.put(ServiceFindings.MEAN, reason);
                ServiceFindings.LEVELS.keySet().forEach(name -> absent.put(ServiceFindings.LATENCY + name, reason));
            }
            double to = newest + SECOND;
            return new ServiceFindings(
                    Kind.ACCESS_LOG,
                    shown,
                    any ? Optional.of(instant(oldest)) : Optional.empty(),
                    any ? Optional.of(instant(to)) : Optional.empty(),
                    OptionalDouble.of((double) requests),
                    any ? OptionalDouble.of(requests / (to - oldest)) : OptionalDouble.empty(),
                    any ? OptionalDouble.of((double) errors / requests) : OptionalDouble.empty(),
                    latency.mean(),
                    latency.percentiles(),
                    paths.busiest(),
                    absent,
                    Optional.of(new LogReading(
                            LineParser.name(log.format()),
                            lines,
                            malformed,
                            firstMalformed,
                            withoutLatency,
                            latency.isExact())),
                    Optional.empty(),
                    notes());
        }

        private List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (malformed > 0) {
                notes.add("%d of %d lines are malformed and do not count, the first of them %s"
                        .formatted(malformed, lines, firstMalformed.orElseThrow()));
            }
            if (withoutLatency > 0 && latency.count() > 0) {
                notes.add("%d of %d requests have no latency".formatted(withoutLatency, requests));
            }
            if (!latency.isExact()) {
                notes.add("percentiles of so many requests are within 0.5% of the true ones");
            }
            if (paths.others() > 0) {
                notes.add("%d requests are of paths beyond the first ten thousand, which are not told apart"
                        .formatted(paths.others()));
            }
            return notes;
        }

        private Instant instant(double seconds) {
            return Instant.EPOCH.plus(Duration.ofMillis(Math.round(seconds * 1e3)));
        }
    }
}
