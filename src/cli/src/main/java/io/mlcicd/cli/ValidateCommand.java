package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds data against their contracts. */
@Command(
        name = "validate",
        description = "Checks data sets against their data contracts.",
        footer = {
            "  mlcicd validate docs/examples/seattle-weather",
            "  mlcicd validate --data orders.parquet --contract contract.yml --html report.html",
            "  mlcicd validate --results great_expectations/result.json"
        })
final class ValidateCommand extends StageCommand {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Checks this file, folder or pattern instead of the data sets in mlcicd.yml.")
    private Path data;

    @Option(names = "--contract", paramLabel = "FILE", description = "The contract for --data.")
    private Path contract;

    @Option(
            names = "--with",
            paramLabel = "NAME=FILE",
            description = "A further data set that the contract compares with; may be repeated.")
    private Map<String, Path> with = Map.of();

    @Option(
            names = "--baseline",
            paramLabel = "PROFILE",
            description = "A stored profile (mlcicd profile --output) that distributions of --data are compared with.")
    private Path baseline;

    @Option(names = "--examples", paramLabel = "N", description = "How many rows that break a check are shown.")
    private Integer examples;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Results of Great Expectations (.json) or TensorFlow Data Validation (.pb); repeatable.")
    private List<Path> results;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--name",
            defaultValue = "data",
            description = "Name of --data in results (default: ${DEFAULT-VALUE}).")
    private String name;

    @Mixin
    private EngineOption engine;

    ValidateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        if ((data == null) != (contract == null)) {
            throw new ParameterException(spec.commandLine(), "--data and --contract go together");
        }
        if (data != null) {
            Map<String, Object> dataSet = new LinkedHashMap<>();
            dataSet.put("path", replacements.relative(data));
            dataSet.put("contract", replacements.relative(contract));
            reading.format().ifPresent(format -> dataSet.put("format", format));
            if (!reading.keys().isEmpty()) {
                dataSet.put("read", reading.keys());
            }
            if (baseline != null) {
                dataSet.put("baseline", replacements.relative(baseline));
            }
            Map<String, Object> sets = new LinkedHashMap<>();
            sets.put(name, dataSet);
            with.forEach((other, file) -> sets.put(other, Map.of("path", replacements.relative(file))));
            replacements.set("/data", sets, "--data");
        } else if (baseline != null || !with.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--baseline and --with go with --data");
        }
        replacements.setPaths("/validate/results", results, "--results");
        if (examples != null) {
            replacements.set("/validate/examples", examples, "--examples");
        }
    }

    @Override
    Optional<EngineOption> engine() {
        return Optional.of(engine);
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.validate();
    }
}
