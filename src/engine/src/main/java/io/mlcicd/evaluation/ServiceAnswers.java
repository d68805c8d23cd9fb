package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.data.Relation;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import io.mlcicd.statistic.Wilson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The answers of a live service, as a file of predictions.
 *
 * @param data the file: the cases' columns and those of the answers, of the cases that were answered, in their order
 * @param roles which of its columns is what
 */
record ServiceAnswers(DataSource data, Roles roles) {

    /** The sending comes before all else of an evaluation, which tells its progress from here on. */
    private static final double PROGRESS = 0.05;

    /**
     * Sends every case to the service, and adds to the draft the metrics {@code requests.count}, {@code
     * requests.perSecond}, {@code errors.share} and, in milliseconds, of the requests that were answered, {@code
     * latency.mean}, {@code latency.max} and the nearest-rank percentiles {@code latency.p50}, {@code .p90}, {@code .p95}
     * and {@code .p99}.
     *
     * @param folder where the file goes
     * @throws InvalidInputException when cases, body or pointers cannot be used
     * @throws OutsideSystemException when no request is answered
     * @throws InterruptedException when the calling thread was interrupted; requests under way have been ended
     */
    static ServiceAnswers collect(
            EndpointSpec endpoint, Task task, Roles roles, Path folder, EvaluationDraft draft, Progress progress)
            throws InterruptedException {
        ServiceClient client = new ServiceClient(endpoint);
        Path file = folder.resolve("answers.jsonl");
        progress.step("reading " + endpoint.cases().shown(), 0);
        try (DataEngine engine = DataEngine.embedded(endpoint.cases())) {
            Relation cases = engine.open(endpoint.cases());
            Set<String> withRole = columnsWithRole(roles, task, cases);
            RequestBody body = RequestBody.of(endpoint.body(), cases, withRole);
            AnswerReader reader = AnswerReader.of(endpoint, task, cases);
            Roles answered = reader.roles(roles);
            long all = engine.query("SELECT COUNT(*) AS n FROM " + cases.sql())
                    .get(0)
                    .count("n");
            if (all == 0) {
                throw new InvalidInputException(cases.source().shown() + " has no rows to send to the service");
            }
            long total = Math.min(all, endpoint.most());
            if (total < all) {
                draft.note("the first %d of %d cases were sent to the service; 'most' says how many"
                        .formatted(total, all));
            }
            try (Writer out = Files.newBufferedWriter(file);
                    CaseRun run = new CaseRun(endpoint, client, body, reader, cases.columns(), out)) {
                send(engine, cases, total, run, endpoint, progress);
                measure(run, endpoint, draft);
            } catch (IOException e) {
                throw new OutsideSystemException("cannot write " + file + ": " + e.getMessage(), e);
            }
            String shown = "the answers of " + endpoint.shown();
            return new ServiceAnswers(
                    new FileSource("answers", file.toString(), shown, Optional.of(Format.JSONL), ReadOptions.SNIFFED),
                    answered);
        }
    }

    /** Interruption on its way through the engine, whose listeners may not throw it as it is. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void send(
            DataEngine engine, Relation cases, long total, CaseRun run, EndpointSpec endpoint, Progress progress)
            throws InterruptedException, IOException {
        String number = "case_number";
        while (hasColumn(cases, number)) {
            number += "_";
        }
        String sql = "SELECT * FROM %1$s WHERE %2$s <= %3$d ORDER BY %2$s"
                .formatted(engine.dialect().numbered(cases, number), number, total);
        long every = Math.max(1, total / 100);
        try {
            engine.stream(sql, row -> {
                try {
                    run.send(row);
                } catch (InterruptedException e) {
                    throw new Interrupted();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (run.done() % every == 0) {
                    progress.step(
                            "asking %s (%d of %d answered)".formatted(endpoint.shown(), run.done(), total),
                            PROGRESS * run.done() / total);
                }
            });
            run.finish();
        } catch (Interrupted e) {
            throw new InterruptedException("the requests were interrupted");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hasColumn(Relation cases, String name) {
        return cases.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    /** The columns that the service is not told of: what is true, and what was predicted or names a row. */
    private static Set<String> columnsWithRole(Roles roles, Task task, Relation cases) {
        roles.label().ifPresent(name -> cases.require(name, "the label"));
        roles.weight().ifPresent(name -> cases.require(name, "the weight"));
        roles.id().ifPresent(name -> cases.require(name, "the id"));
        roles.query().ifPresent(name -> cases.require(name, "the query"));
        roles.labels().forEach((name, columns) -> cases.require(columns.label(), "the truth of label '" + name + "'"));
        if (task == Task.MULTILABEL ? roles.labels().isEmpty() : roles.label().isEmpty()) {
            throw new InvalidInputException("the evaluation needs the column with the true value: name it with '"
                    + (task == Task.MULTILABEL ? "labels" : "label") + "'");
        }
        Set<String> names = new HashSet<>(roles.scores().values());
        roles.label().ifPresent(names::add);
        roles.prediction().ifPresent(names::add);
        roles.score().ifPresent(names::add);
        roles.weight().ifPresent(names::add);
        roles.id().ifPresent(names::add);
        roles.query().ifPresent(names::add);
        names.addAll(roles.quantiles().values());
        roles.labels().values().forEach(columns -> {
            names.add(columns.label());
            columns.prediction().ifPresent(names::add);
            columns.score().ifPresent(names::add);
        });
        return names;
    }

    private static void measure(CaseRun run, EndpointSpec endpoint, EvaluationDraft draft) {
        int sent = run.done();
        double[] latencies = run.latencies();
        if (latencies.length == 0) {
            throw new OutsideSystemException("%s: none of %d requests was answered; the first failure: %s"
                    .formatted(endpoint.shown(), sent, run.firstFailure().orElseThrow()));
        }
        run.firstFailure()
                .ifPresent(first -> draft.note(
                        "%d of %d requests to %s failed and are left out of all other metrics; the first failure: %s"
                                .formatted(run.failed(), sent, endpoint.shown(), first)));
        double share = (double) run.failed() / sent;
        draft.metric("requests.count", Estimate.certain(sent));
        draft.metric("requests.perSecond", Estimate.certain(sent / run.seconds()));
        draft.metric("errors.share", new Estimate(share, Optional.of(new Wilson(share, sent))));
        double confidence = draft.confidence().level();
        for (int percent : new int[] {50, 90, 95, 99}) {
            draft.metric("latency.p" + percent, LatencyQuantile.of(latencies, percent / 100.0, confidence));
        }
        draft.metric("latency.max", Estimate.certain(latencies[latencies.length - 1]));
        WeightedMean mean = new WeightedMean();
        for (double latency : latencies) {
            mean.add(latency, 1);
        }
        Optional<Uncertainty> uncertainty =
                latencies.length > 1 ? Optional.of(mean.uncertainty(0, Double.POSITIVE_INFINITY)) : Optional.empty();
        draft.metric("latency.mean", new Estimate(mean.value(), uncertainty));
    }
}
