package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.Plan.Planned;
import io.mlcicd.drift.multivariate.EmbeddingDrift;
import io.mlcicd.drift.multivariate.EmbeddingFindings;
import io.mlcicd.drift.multivariate.MultivariateDrift;
import io.mlcicd.drift.multivariate.MultivariateFindings;
import io.mlcicd.drift.performance.PerformanceFindings;
import io.mlcicd.drift.performance.PerformanceWatch;
import io.mlcicd.drift.service.ServiceFindings;
import io.mlcicd.drift.service.ServiceWatch;
import io.mlcicd.drift.text.TextDrift;
import io.mlcicd.drift.text.TextFindings;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at what is wanted beside single columns. */
final class Beside {

    private final Watched watched;
    private final Progress progress;
    private Optional<MultivariateFindings> together = Optional.empty();
    private Optional<TextFindings> texts = Optional.empty();
    private Optional<EmbeddingFindings> embeddings = Optional.empty();
    private Optional<PerformanceFindings> performance = Optional.empty();
    private Optional<ServiceFindings> service = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    private Beside(Watched watched, Progress progress) {
        this.watched = watched;
        this.progress = progress;
    }

    /** Looks at all that is wanted. */
    static Beside of(Watched watched, DataEngine engine, Side reference, Side current, Plan plan, Progress progress)
            throws InterruptedException {
        Beside beside = new Beside(watched, progress);
        if (reference instanceof RawSide before && current instanceof RawSide now) {
            beside.compare(engine, before, now, plan);
        } else if (watched.needsRows()) {
            beside.notes.add("columns were not compared together, nor texts or embeddings:"
                    + " that needs the rows of both sides, and a profile has none");
        }
        if (watched.performance().isPresent()) {
            progress.step("watching performance", 0.95);
            beside.performance =
                    Optional.of(PerformanceWatch.observe(watched.performance().get(), engine, Progress.NONE));
        }
        if (watched.service().isPresent()) {
            progress.step("reading how the service does", 0.97);
            beside.service = Optional.of(ServiceWatch.observe(watched.service().get(), Progress.NONE));
        }
        return beside;
    }

    private void compare(DataEngine engine, RawSide reference, RawSide current, Plan plan) throws InterruptedException {
        String before = reference.relation();
        String now = current.relation();
        if (watched.together().isPresent()) {
            progress.step("comparing all columns together", 0.9);
            List<Column> columns = plan.columns().stream()
                    .filter(column -> column.changedTo().isEmpty())
                    .map(Planned::reference)
                    .toList();
            together = Optional.of(MultivariateDrift.check(
                    engine, before, now, columns, watched.together().get(), Progress.NONE));
        }
        if (!watched.texts().isEmpty()) {
            progress.step("comparing texts", 0.92);
            texts = Optional.of(TextDrift.check(engine, before, now, watched.texts(), watched.text(), Progress.NONE));
        }
        if (watched.embeddings().isPresent()) {
            progress.step("comparing embeddings", 0.94);
            List<String> names = current.columns().stream().map(Column::name).toList();
            List<Column> shared = reference.columns().stream()
                    .filter(column -> names.contains(column.name()))
                    .toList();
            embeddings = Optional.of(EmbeddingDrift.check(
                    engine, before, now, shared, watched.embeddings().get(), Progress.NONE));
        }
    }

    Optional<MultivariateFindings> together() {
        return together;
    }

    Optional<TextFindings> texts() {
        return texts;
    }

    Optional<EmbeddingFindings> embeddings() {
        return embeddings;
    }

    Optional<PerformanceFindings> performance() {
        return performance;
    }

    Optional<ServiceFindings> service() {
        return service;
    }

    /** What could not be looked at, and why. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What was read beside the two sides. */
    List<Artifact> inputs() {
        return performance.map(PerformanceFindings::inputs).orElse(List.of());
    }

    /** What gates can name of it. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        together.ifPresent(findings -> metrics.putAll(findings.metrics()));
        texts.ifPresent(findings -> metrics.putAll(findings.metrics()));
        embeddings.ifPresent(findings -> metrics.putAll(findings.metrics()));
        performance.ifPresent(findings -> metrics.putAll(findings.metrics()));
        service.ifPresent(findings -> metrics.putAll(findings.metrics()));
        return metrics;
    }

    /** What the watch over performance has to say, by what it is about. */
    Map<String, String> alarms() {
        return performance.map(PerformanceFindings::alarms).orElse(Map.of());
    }
}
