package io.mlcicd.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command can do with its result. */
final class OutputOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result document as JSON.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes the report as one self-contained page.")
    private Path html;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes checks and gates as JUnit XML, which CI systems show as tests.")
    private Path junit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Writes a summary in Markdown that fits a comment on a pull request.")
    private Path markdown;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows only failed gates and errors.")
    private boolean quiet;

    @Option(names = "--strict", description = "Exits with 1 when a gate of criticality UNSTABLE fails, too.")
    private boolean strict;

    Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    Optional<Path> html() {
        return Optional.ofNullable(html);
    }

    Optional<Path> junit() {
        return Optional.ofNullable(junit);
    }

    Optional<Path> markdown() {
        return Optional.ofNullable(markdown);
    }

    boolean quiet() {
        return quiet;
    }

    boolean strict() {
        return strict;
    }
}
