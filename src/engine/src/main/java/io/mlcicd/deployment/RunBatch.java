package io.mlcicd.deployment;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * Runs a model over a batch of data: the command writes to a file beside the output, which takes the output's place only
 * when it is as it should be. Metrics: {@code batch.rows}, {@code batch.seconds}, {@code batch.nullShare} (the greatest of
 * the checked columns, 0 to 1), {@code batch.missingColumns}, {@code batch.readable} (1 or 0, and then only rows and seconds
 * beside it).
 */
public final class RunBatch implements Operation<BatchRequest, BatchDetails> {

    private final OutputContract contract;

    /** A run whose output is held against the request's check alone. */
    public RunBatch() {
        this(OutputContract.NONE);
    }

    /** A run whose output is held against a contract, too. */
    public RunBatch(OutputContract contract) {
        this.contract = contract;
    }

    /**
     * @throws InvalidInputException when the command cannot be run at all, or the model is missing
     * @throws OutsideSystemException when it ends with an error, takes too long or writes nothing; the former output is
     *     untouched
     */
    @Override
    public Result<BatchDetails> run(BatchRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        long clock = System.nanoTime();
        Path base = request.baseDirectory().toAbsolutePath().normalize();
        Path output = base.resolve(request.output()).normalize();
        Format.ofFileName(output.getFileName().toString());
        if (request.command().isEmpty()) {
            throw new InvalidInputException("the batch has no command (deploy.batch.command)");
        }
        List<Artifact> inputs = model(request, base);
        // A name of its own: neither a batch beside this one nor the leftover of a killed one is taken for its output.
        Path partial = output.resolveSibling(".part-" + UUID.randomUUID() + "-" + output.getFileName());
        try {
            Files.createDirectories(output.getParent());
            progress.step("running " + request.command().get(0), 0.2);
            OutsideCommand.Ending ending = command(request, base, partial).run(progress::line);
            if (ending.exitCode() != 0) {
                throw new OutsideSystemException("the batch command `%s` ended with code %d; its last lines: %s"
                        .formatted(
                                String.join(" ", request.command()),
                                ending.exitCode(),
                                String.join(" | ", ending.lastLines())));
            }
            progress.step("checking " + request.output(), 0.8);
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("batch.seconds", ending.seconds());
            List<GateResult> gates = check(request, partial, metrics);
            boolean holds = Verdict.of(gates) != Verdict.FAILED;
            LineageRecord lineage = request.known();
            if (holds) {
                DeploymentRef released = new DeploymentRef(
                        request.name(), "batch", Digests.of(partial).abbreviated(), Optional.empty(), Instant.now());
                lineage = lineage.withDeployment(released);
                Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Result<>(
                    Result.SCHEMA_VERSION,
                    Stage.DEPLOY,
                    Tool.current(),
                    Optional.of(request.model()),
                    Verdict.of(gates),
                    started,
                    (System.nanoTime() - clock) / 1e9,
                    inputs,
                    metrics,
                    gates,
                    lineage,
                    details(request, metrics, gates, holds, ending.lastLines()));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write " + output + ": " + e.getMessage(), e);
        } finally {
            ReleaseFolders.remove(partial);
        }
    }

    private static List<Artifact> model(BatchRequest request, Path base) {
        if (request.modelPath().isEmpty()) {
            return List.of();
        }
        String relative = request.modelPath().get();
        Path path = base.resolve(relative);
        if (!Files.exists(path)) {
            throw new InvalidInputException("the model '" + relative + "' does not exist in " + base);
        }
        try {
            return List.of(Digests.artifact("model", relative, path));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static OutsideCommand command(BatchRequest request, Path base, Path partial) {
        String model =
                request.modelPath().map(path -> base.resolve(path).toString()).orElse("");
        List<String> command = request.command().stream()
                .map(argument ->
                        argument.replace("${output}", partial.toString()).replace("${model}", model))
                .toList();
        return new OutsideCommand(command, base, request.env(), request.timeout());
    }

    private List<GateResult> check(BatchRequest request, Path partial, Map<String, Double> metrics)
            throws InterruptedException {
        if (!Files.exists(partial)) {
            throw new OutsideSystemException(
                    "the batch command ended well but wrote nothing to ${output}; does it use that path?");
        }
        List<GateResult> gates = new ArrayList<>();
        FileSource output = new FileSource(
                "output",
                partial.toString(),
                request.output(),
                Optional.of(Format.ofFileName(request.output())),
                ReadOptions.SNIFFED);
        try (DataEngine engine = DataEngine.embedded(output)) {
            Relation relation = engine.open(output);
            List<String> missing = request.check().columns().stream()
                    .filter(name -> relation.find(name).isEmpty())
                    .toList();
            metrics.put("batch.missingColumns", (double) missing.size());
            measure(request, engine, relation, metrics);
            if (!request.check().columns().isEmpty()) {
                gates.add(columns(missing, relation));
            }
        } catch (InvalidInputException e) {
            metrics.put("batch.readable", 0.0);
            metrics.put("batch.rows", 0.0);
            return List.of(readable(Outcome.FAILED, "the output is no readable data: " + e.getMessage()));
        }
        metrics.put("batch.readable", 1.0);
        gates.add(0, readable(Outcome.PASSED, "the output is readable data"));
        List<Gate> bounds = new ArrayList<>();
        bounds.add(Gate.of(
                "batch.rows", Comparison.MIN, (double) request.check().minRows().orElse(1)));
        request.check()
                .maxNullShare()
                .ifPresent(share -> bounds.add(Gate.of("batch.nullShare", Comparison.MAX, share)));
        bounds.addAll(request.gates());
        gates.addAll(Gates.hold(bounds, Metrics.of(metrics), Optional.empty()));
        gates.addAll(contract.hold(output));
        return List.copyOf(gates);
    }

    private static GateResult readable(Outcome outcome, String message) {
        return new GateResult(
                Gate.of("batch.readable", Comparison.MIN, 1),
                Optional.empty(),
                OptionalDouble.of(outcome == Outcome.PASSED ? 1 : 0),
                OptionalDouble.empty(),
                outcome,
                message);
    }

    private static GateResult columns(List<String> missing, Relation relation) {
        String there =
                String.join(", ", relation.columns().stream().map(Column::name).toList());
        return new GateResult(
                Gate.of("batch.missingColumns", Comparison.MAX, 0),
                Optional.empty(),
                OptionalDouble.of(missing.size()),
                OptionalDouble.empty(),
                missing.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                missing.isEmpty()
                        ? "the output has all the columns it must have"
                        : "the output has no column '" + String.join("', '", missing) + "'; it has: " + there);
    }

    private static void measure(BatchRequest request, DataEngine engine, Relation relation, Map<String, Double> metrics)
            throws InterruptedException {
        List<String> checked = relation.columns().stream()
                .map(Column::name)
                .filter(name -> request.check().columns().isEmpty()
                        || request.check().columns().contains(name))
                .toList();
        StringBuilder query = new StringBuilder("SELECT COUNT(*) AS n");
        for (int i = 0; i < checked.size(); i++) {
            query.append(", COUNT(")
                    .append(DataEngine.quote(checked.get(i)))
                    .append(") AS c")
                    .append(i);
        }
        Row row = engine.query(query.append(" FROM ").append(relation.sql()).toString())
                .get(0);
        double rows = row.count("n");
        double worst = 0;
        for (int i = 0; i < checked.size(); i++) {
            worst = Math.max(worst, rows == 0 ? 0 : 1 - row.count("c" + i) / rows);
        }
        metrics.put("batch.rows", rows);
        metrics.put("batch.nullShare", worst);
    }

    private static BatchDetails details(
            BatchRequest request,
            Map<String, Double> metrics,
            List<GateResult> gates,
            boolean published,
            List<String> lastLines) {
        Optional<String> reason = gates.stream()
                .filter(gate -> !published && Verdict.of(List.of(gate)) == Verdict.FAILED)
                .map(GateResult::message)
                .findFirst();
        return new BatchDetails(
                request.name(),
                "batch",
                request.command(),
                request.output(),
                metrics.get("batch.rows").longValue(),
                published,
                reason,
                lastLines);
    }
}
