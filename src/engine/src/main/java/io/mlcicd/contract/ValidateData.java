package io.mlcicd.contract;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds data sets against their contracts. */
public final class ValidateData implements Operation<ValidationRequest, ValidationDetails> {

    private final DataEngines engines;

    /** Checks data in this process. */
    public ValidateData() {
        this(DataEngines.EMBEDDED);
    }

    /** Checks data where these engines are. */
    public ValidateData(DataEngines engines) {
        this.engines = engines;
    }

    /**
     * Holds each data set against its contract. Every promise is a gate; for the data set {@code train} and its column
     * {@code age} they are on {@code train.rows}, {@code train.extraColumns}, {@code train.age.nullShare} (0 to 1),
     * {@code train.age.mean} and other numbers measured, and on {@code train.age.range.violations} (numbers of rows) or,
     * where the contract says {@code mostly}, {@code train.age.range.keptShare} (0 to 1). The result's metrics are {@code train.rows}, {@code train.nullShare} (0 to 1), {@code
     * checks.total} and {@code checks.failed}. What other tools found out comes with gates of the same kind, on {@code
     * <asset>.<column>.<expectation>} and the like.
     *
     * @throws InvalidInputException when data or contract cannot be read, or a required column is missing
     */
    @Override
    public Result<ValidationDetails> run(ValidationRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        DataSource.requireOwnNames(others(request));
        List<ContractFile> contracts = new ArrayList<>();
        for (ContractedData each : request.data()) {
            contracts.add(ContractFile.read(each.contract()));
        }
        OutsideResults outside = OutsideResults.read(request.results());
        List<ValidatedData> validated = new ArrayList<>();
        List<GateResult> gates = new ArrayList<>();
        List<Artifact> data = new ArrayList<>();
        if (request.dvc().isPresent()) {
            progress.step("looking at what DVC records", 0);
            gates.addAll(request.dvc().get().hold(others(request)));
        }
        validate(request, contracts, started, progress, validated, gates, data);
        gates.addAll(outside.gates());
        Map<Path, Artifact> digested = new LinkedHashMap<>();
        for (ContractedData each : request.data()) {
            digested.computeIfAbsent(each.contract(), file -> contract(each));
        }
        List<Artifact> inputs = new ArrayList<>(data);
        inputs.addAll(digested.values());
        List<Digest> contractDigests = request.data().stream()
                .map(each -> digested.get(each.contract()).digest())
                .toList();
        inputs.addAll(outside.inputs());
        Map<String, Double> metrics = metrics(validated, outside);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.VALIDATE,
                Tool.current(),
                request.model(),
                Verdict.of(gates),
                started,
                Duration.between(started, Instant.now()).toNanos() / 1e9,
                inputs,
                metrics,
                gates,
                LineageRecord.EMPTY.withData(data),
                new ValidationDetails(withSources(validated, data, contractDigests), outside.results()));
    }

    private void validate(
            ValidationRequest request,
            List<ContractFile> contracts,
            Instant started,
            Progress progress,
            List<ValidatedData> validated,
            List<GateResult> gates,
            List<Artifact> data)
            throws InterruptedException {
        if (contracts.isEmpty()) {
            return;
        }
        try (DataEngine engine = engines.open(others(request), progress)) {
            for (int i = 0; i < contracts.size(); i++) {
                DataSource source = request.data().get(i).data();
                progress.step("reading " + source.shown(), share(i, contracts.size()));
                DataValidation validation = new DataValidation(
                        engine,
                        source,
                        contracts.get(i),
                        request.data().get(i).shown(),
                        new Neighbours(engine, request.data().get(i), others(request), started),
                        request.examples());
                validated.add(validation.run());
                gates.addAll(validation.gates());
            }
            progress.step("computing digests", share(contracts.size(), contracts.size()));
            for (ContractedData each : request.data()) {
                data.add(engine.artifact(each.data()));
            }
        }
    }

    /** Digests come after the data and take about as long as one of them. */
    private static double share(int done, int dataSets) {
        return (double) done / (dataSets + 1);
    }

    private static Map<String, Double> metrics(List<ValidatedData> validated, OutsideResults outside) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (ValidatedData data : validated) {
            metrics.put(data.name() + ".rows", (double) data.rows());
            metrics.put(data.name() + ".nullShare", data.profile().nullShare());
        }
        List<Check> checks = Stream.concat(
                        validated.stream().map(ValidatedData::checks),
                        outside.results().stream().map(ToolResults::checks))
                .flatMap(List::stream)
                .toList();
        metrics.put("checks.total", (double) checks.size());
        metrics.put("checks.failed", (double) checks.stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .count());
        metrics.putAll(outside.metrics());
        return metrics;
    }

    /** All data sets of the run, for contracts that compare one with another. */
    private static List<DataSource> others(ValidationRequest request) {
        return Stream.concat(request.data().stream().map(ContractedData::data), request.beside().stream())
                .toList();
    }

    private static List<ValidatedData> withSources(
            List<ValidatedData> validated, List<Artifact> data, List<Digest> contracts) {
        List<ValidatedData> complete = new ArrayList<>();
        for (int i = 0; i < validated.size(); i++) {
            ValidatedData each = validated.get(i);
            complete.add(each.with(each.profile().withSources(List.of(data.get(i))), contracts.get(i)));
        }
        return complete;
    }

    private static Artifact contract(ContractedData data) {
        try {
            return Digests.artifact("contract", data.shown(), data.contract());
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + data.contract() + ": " + e.getMessage(), e);
        }
    }
}
