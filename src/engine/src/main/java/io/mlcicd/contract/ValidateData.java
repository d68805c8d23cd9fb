package io.mlcicd.contract;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds data sets against their contracts. */
public final class ValidateData implements Operation<ValidationRequest, ValidationDetails> {

    /**
     * Holds each data set against its contract. Every promise is a gate; for the data set {@code train} and its column
     * {@code age} they are on {@code train.rows}, {@code train.extraColumns}, {@code train.age.nullShare} (0 to 1),
     * {@code train.age.mean} and other numbers measured, and on {@code train.age.range.violations} (numbers of rows) or,
     * where the contract says {@code mostly}, {@code train.age.range.keptShare} (0 to 1). The result's metrics are {@code train.rows}, {@code train.nullShare} (0 to 1), {@code
     * checks.total} and {@code checks.failed}.
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
        List<ValidatedData> validated = new ArrayList<>();
        List<GateResult> gates = new ArrayList<>();
        List<Artifact> data = new ArrayList<>();
        try (DataEngine engine = DataEngine.embedded(others(request))) {
            for (int i = 0; i < contracts.size(); i++) {
                DataSource source = request.data().get(i).data();
                progress.step("reading " + source.shown(), share(i, contracts.size()));
                DataValidation validation = new DataValidation(
                        engine,
                        source,
                        contracts.get(i),
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
        List<Artifact> inputs = new ArrayList<>();
        Set<Path> digested = new TreeSet<>();
        for (ContractedData each : request.data()) {
            if (digested.add(each.contract())) {
                inputs.add(contract(each));
            }
        }
        inputs.addAll(0, data);
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.VALIDATE,
                Tool.current(),
                request.model(),
                Verdict.of(gates),
                started,
                Duration.between(started, Instant.now()).toNanos() / 1e9,
                inputs,
                metrics(validated),
                gates,
                LineageRecord.EMPTY.withData(data),
                new ValidationDetails(withSources(validated, data)));
    }

    /** Digests come after the data and take about as long as one of them. */
    private static double share(int done, int dataSets) {
        return (double) done / (dataSets + 1);
    }

    private static Map<String, Double> metrics(List<ValidatedData> validated) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (ValidatedData data : validated) {
            metrics.put(data.name() + ".rows", (double) data.rows());
            metrics.put(data.name() + ".nullShare", data.profile().nullShare());
        }
        List<Check> checks =
                validated.stream().flatMap(data -> data.checks().stream()).toList();
        metrics.put("checks.total", (double) checks.size());
        metrics.put("checks.failed", (double) checks.stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .count());
        return metrics;
    }

    /** All data sets of the run, for contracts that compare one with another. */
    private static List<DataSource> others(ValidationRequest request) {
        return Stream.concat(request.data().stream().map(ContractedData::data), request.beside().stream())
                .toList();
    }

    private static List<ValidatedData> withSources(List<ValidatedData> validated, List<Artifact> data) {
        List<ValidatedData> complete = new ArrayList<>();
        for (int i = 0; i < validated.size(); i++) {
            ValidatedData each = validated.get(i);
            complete.add(each.withProfile(each.profile().withSources(List.of(data.get(i)))));
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
