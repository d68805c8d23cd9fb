package io.mlcicd.cli;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.pipeline.DataCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says another tool's contract in the words of ours. */
@Command(
        name = "import",
        description = {
            "Turns a contract of another tool into a data contract and reports what could not be carried over.",
            "Knows suites of Great Expectations (JSON), Frictionless Table Schemas and Data Packages, schemas of"
                    + " TensorFlow Data Validation (.pbtxt) and of pandera (YAML). `mlcicd validate` reads these files"
                    + " as they are, too."
        },
        footer = "  mlcicd import great_expectations/expectations/orders.json --output contract.yml")
final class ImportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The other tool's file.")
    private Path source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the contract there; prints it when left out.")
    private Path file;

    @Option(names = "--force", description = "Overwrites an existing file.")
    private boolean force;

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (file != null && Files.exists(file) && !force) {
            throw new InvalidInputException(
                    file + " exists already; a person may have signed it. Use --force to overwrite it");
        }
        DataCommands.Translated translated = DataCommands.translate(source);
        if (file == null) {
            terminal.out().print(translated.yaml());
        } else {
            AtomicFiles.write(file, translated.yaml());
            terminal.out().println("Wrote " + file + "; read it, tighten it, commit it.");
        }
        terminal.out().flush();
        terminal.err()
                .printf(
                        "%s: %d carried over, %d left behind%n",
                        translated.tool(),
                        translated.carried(),
                        translated.left().size());
        translated.left().forEach(line -> terminal.err().println("  " + line));
        terminal.err().flush();
        return ExitCode.PASSED;
    }
}
