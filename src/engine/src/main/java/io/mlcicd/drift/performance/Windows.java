package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.drift.performance.TimeSpans.Span;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The windows of served predictions.
 *
 * @param windows those with rows, in the order of time
 * @param table how queries name the rows, each with its window
 * @param column the column with the window's index
 * @param classes how many classes the labels of each window have, by index; empty where there are none
 */
record Windows(List<WatchedWindow> windows, String table, String column, Map<Integer, Long> classes) {

    private static final double DAY = 86_400;

    static Windows of(WatchedRows rows, PerformanceRequest request) throws InterruptedException {
        return request.window() instanceof WindowLength.Rows size
                ? ofRows(rows, request, size.size())
                : ofTime(rows, request);
    }

    private static Windows ofRows(WatchedRows rows, PerformanceRequest request, int size) throws InterruptedException {
        if (rows.rows() / size >= TimeSpans.MOST) {
            throw new InvalidInputException("%s has %s, which are more than %d windows of %d; choose a longer 'window'"
                    .formatted(rows.file(), Wording.count(rows.rows(), "row"), TimeSpans.MOST, size));
        }
        String column = rows.free("watch_window");
        String table = rows.engine()
                .keep("SELECT *, CAST(FLOOR(%s / %s) AS INTEGER) AS %s FROM %s"
                        .formatted(rows.place(), DataEngine.literal(size), column, rows.table()));
        Counts counts = Counts.of(rows, request, table, column);
        List<WatchedWindow> windows = new ArrayList<>();
        for (Row row : counts.rows()) {
            int index = (int) row.count("w");
            long first = (long) index * size + 1;
            long last = first + row.count("n") - 1;
            windows.add(counts.window(
                    row,
                    "rows %d to %d".formatted(first, last),
                    instant(row, "least"),
                    instant(row, "most"),
                    OptionalLong.of(first),
                    OptionalLong.of(last),
                    row.count("n") == size));
        }
        return new Windows(List.copyOf(windows), table, column, counts.classes());
    }

    private static Windows ofTime(WatchedRows rows, PerformanceRequest request) throws InterruptedException {
        if (request.timestamp().isEmpty()) {
            throw new InvalidInputException(
                    "windows of '%s' need the time of each row: name its column with 'timestamp', or choose windows of rows such as '500 rows'"
                            .formatted(request.window().text()));
        }
        Ends ends = Ends.of(rows);
        double least = ends.least();
        double most = ends.most();
        double silence = Math.max(ends.silence(), rows.days() ? DAY : 0);
        // A date is a day wherever it was; only an instant has a zone.
        ZoneId zone = rows.days() ? ZoneOffset.UTC : request.zone();
        List<Span> spans = TimeSpans.between(instant(least), instant(most), request.window(), zone);
        String column = rows.free("watch_window");
        String table = rows.engine()
                .keep(
                        "SELECT watched.*, spans.i AS %s FROM %s AS watched JOIN (VALUES %s) AS spans(i, f, t) ON watched.%s >= spans.f AND watched.%s < spans.t"
                                .formatted(column, rows.table(), values(spans), rows.time(), rows.time()));
        Counts counts = Counts.of(rows, request, table, column);
        Instant dataEnd = instant(most + silence);
        Instant known = request.asOf().isBefore(dataEnd) ? request.asOf() : dataEnd;
        List<WatchedWindow> windows = new ArrayList<>();
        for (Row row : counts.rows()) {
            Span span = spans.get((int) row.count("w"));
            boolean cut =
                    row.count("w") == 0 && instant(least).isAfter(span.from().plusMillis((long) (silence * 1000)));
            windows.add(counts.window(
                    row,
                    span.label(),
                    Optional.of(span.from()),
                    Optional.of(span.to()),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    !cut && !span.to().isAfter(known)));
        }
        return new Windows(List.copyOf(windows), table, column, counts.classes());
    }

    private static String values(List<Span> spans) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            values.add("(%d, %s, %s)"
                    .formatted(
                            i,
                            seconds(spans.get(i).from()),
                            seconds(spans.get(i).to())));
        }
        return String.join(", ", values);
    }

    private static String seconds(Instant instant) {
        return DataEngine.literal((double) instant.getEpochSecond());
    }

    private static Optional<Instant> instant(Row row, String name) {
        return row.number(name).isPresent()
                ? Optional.of(instant(row.number(name).getAsDouble()))
                : Optional.empty();
    }

    private static Instant instant(double seconds) {
        long whole = (long) Math.floor(seconds);
        // Microseconds are what engines keep and what a double of these days has.
        return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e6) * 1000);
    }

    /**
     * Where times begin and end.
     *
     * @param silence the longest time without a row, in seconds
     */
    private record Ends(double least, double most, double silence) {

        /** So many rows that follow one another are put in order at once, and what is between two such parts after that. */
        private static final long IN_PART = 100_000;

        static Ends of(WatchedRows rows) throws InterruptedException {
            List<Row> parts = rows.engine().query("""
                    SELECT part, MIN(t) AS least, MAX(t) AS most, MAX(t - before) AS silence
                    FROM (SELECT part, t, LAG(t) OVER (PARTITION BY part ORDER BY t) AS before
                        FROM (SELECT FLOOR(%s / %s) AS part, %s AS t FROM %s) AS parts) AS gaps
                    GROUP BY part ORDER BY part""".formatted(
                            rows.place(), DataEngine.literal((double) IN_PART), rows.time(), rows.table()));
            double least = parts.get(0).number("least").orElseThrow();
            double most = least;
            double silence = 0;
            for (Row part : parts) {
                double first = part.number("least").orElseThrow();
                silence = Math.max(
                        silence, Math.max(first - most, part.number("silence").orElse(0)));
                most = part.number("most").orElseThrow();
            }
            return new Ends(least, most, silence);
        }
    }

    /** What is counted of each window. */
    private record Counts(List<Row> rows, Map<Integer, Long> classes, int leastRows) {

        static Counts of(WatchedRows rows, PerformanceRequest request, String table, String column)
                throws InterruptedException {
            boolean classes = request.task() == Task.BINARY || request.task() == Task.MULTICLASS;
            String label = request.roles().label().orElse("");
            boolean counted = classes && rows.relation().find(label).isPresent();
            String distinct = counted
                    ? ", COUNT(DISTINCT CASE WHEN %s = 1 THEN %s END) AS c"
                            .formatted(rows.labelled(), DataEngine.quote(label))
                    : "";
            List<Row> found = rows.engine()
                    .query(
                            "SELECT %1$s AS w, COUNT(*) AS n, SUM(%2$s) AS l, MIN(%3$s) AS least, MAX(%3$s) AS most%4$s FROM %5$s GROUP BY 1 ORDER BY 1"
                                    .formatted(column, rows.labelled(), rows.time(), distinct, table));
            Map<Integer, Long> byWindow = counted
                    ? found.stream().collect(Collectors.toMap(row -> (int) row.count("w"), row -> row.count("c")))
                    : new HashMap<>();
            return new Counts(found, Map.copyOf(byWindow), request.leastRows());
        }

        WatchedWindow window(
                Row row,
                String label,
                Optional<Instant> from,
                Optional<Instant> to,
                OptionalLong first,
                OptionalLong last,
                boolean complete) {
            List<String> notes = new ArrayList<>();
            if (!complete) {
                notes.add("not complete");
            }
            if (row.count("n") < leastRows) {
                notes.add("fewer than %d rows".formatted(leastRows));
            }
            return new WatchedWindow(
                    (int) row.count("w"),
                    label,
                    from,
                    to,
                    first,
                    last,
                    row.count("n"),
                    row.count("l"),
                    complete,
                    notes);
        }
    }
}
