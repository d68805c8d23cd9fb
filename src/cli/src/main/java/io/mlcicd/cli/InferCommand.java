package io.mlcicd.cli;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.pipeline.DataCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes a contract from data. */
@Command(
        name = "infer",
        description = "Proposes a data contract from data, for a person to read and sign.",
        footer = {
            "  mlcicd infer data/train.csv --output contract.yml",
            "  mlcicd infer data/new.csv --update contract.yml"
        })
final class InferCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "DATA", description = "File, folder, pattern or, for Spark, URI.")
    private String data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the contract there; prints it when left out.")
    private Path file;

    @Option(
            names = "--update",
            paramLabel = "CONTRACT",
            description = "Widens this contract where the data break it by degree, and shows each line that changes.")
    private Path update;

    @Option(names = "--dry-run", description = "With --update: shows the changes and writes nothing.")
    private boolean dryRun;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private EngineOption engine;

    @Option(names = "--force", description = "Overwrites an existing file.")
    private boolean force;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress.")
    private boolean quiet;

    InferCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return update == null ? draft() : widen();
    }

    private int widen() throws InterruptedException {
        DataCommands.Widened widened;
        try (ProgressBar progress = new ProgressBar(terminal, quiet)) {
            widened = DataCommands.update(reading.source(data), update, engine.choice(), progress);
        }
        widened.difference().forEach(line -> terminal.out().println(coloured(line)));
        widened.left().forEach(line -> terminal.out().println(terminal.yellow("left for you: ") + line));
        Path target = file == null ? update : file;
        if (widened.difference().isEmpty()) {
            terminal.out().println(widened.left().isEmpty() ? "The data keep the contract." : "Nothing was widened.");
        } else if (!dryRun) {
            AtomicFiles.write(target, widened.yaml());
            terminal.out().println("Wrote " + target + "; read the changes, commit them.");
        }
        terminal.out().flush();
        return ExitCode.PASSED;
    }

    private String coloured(String line) {
        return switch (line.charAt(0)) {
            case '-' -> terminal.red(line);
            case '+' -> terminal.green(line);
            default -> terminal.dim(line);
        };
    }

    private int draft() throws InterruptedException {
        if (file != null && Files.exists(file) && !force) {
            throw new InvalidInputException(
                    file + " exists already; a person may have signed it. Use --force to overwrite it");
        }
        String contract;
        try (ProgressBar progress = new ProgressBar(terminal, quiet)) {
            contract = DataCommands.infer(reading.source(data), engine.choice(), progress);
        }
        if (file == null) {
            terminal.out().print(contract);
        } else {
            AtomicFiles.write(file, contract);
            terminal.out().println("Wrote " + file + "; read it, tighten it, commit it.");
        }
        terminal.out().flush();
        return ExitCode.PASSED;
    }
}
