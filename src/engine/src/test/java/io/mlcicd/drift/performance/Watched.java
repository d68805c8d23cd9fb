package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Watches of small files, for tests. */
final class Watched {

    static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private Watched() {}

    /** Lines of a CSV file. */
    static final class Csv {
        private final List<String> lines = new ArrayList<>();

        Csv(String header) {
            lines.add(header);
        }

        void add(Object... values) {
            lines.add(String.join(
                    ",", List.of(values).stream().map(String::valueOf).toList()));
        }

        DataSource write(Path folder, String name) {
            try {
                return DataSource.of(name, Files.write(folder.resolve(name + ".csv"), lines));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Roles roles(String label, Optional<String> prediction, Optional<String> score, Map<String, String> scores) {
        return new Roles(
                Optional.of(label),
                prediction,
                score,
                scores,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    static Roles predicted(String prediction) {
        return roles("label", Optional.of(prediction), Optional.empty(), Map.of());
    }

    static Roles scored(String score) {
        return roles("label", Optional.empty(), Optional.of(score), Map.of());
    }

    static PerformanceRequest request(Task task, DataSource data, Roles roles, String window) {
        return PerformanceRequest.of(task, data, roles, Optional.of("time"), WindowLength.of(window), LATER);
    }

    static PerformanceFindings run(PerformanceRequest request) throws InterruptedException {
        return run(request, DataEngines.EMBEDDED);
    }

    static PerformanceFindings run(PerformanceRequest request, DataEngines engines) throws InterruptedException {
        try (DataEngine engine = engines.open(PerformanceWatch.sources(request), Progress.NONE)) {
            return PerformanceWatch.observe(request, engine, Progress.NONE);
        }
    }

    static MetricSeries series(PerformanceFindings findings, String metric, boolean estimated) {
        return findings.series().stream()
                .filter(each -> each.metric().equals(metric) && each.estimated() == estimated)
                .findFirst()
                .orElseThrow();
    }

    static SeriesPoint point(MetricSeries series, int window) {
        return series.points().stream()
                .filter(each -> each.window() == window)
                .findFirst()
                .orElseThrow();
    }
}
