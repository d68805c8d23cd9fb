package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "  mlcicd validate --data orders.parquet --contract contract.yml --html report.html"
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

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--name",
            defaultValue = "data",
            description = "Name of --data in results (default: ${DEFAULT-VALUE}).")
    private String name;

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
            replacements.set("/data", Map.of(name, dataSet), "--data");
        }
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.validate();
    }
}
