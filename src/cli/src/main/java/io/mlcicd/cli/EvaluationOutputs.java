package io.mlcicd.cli;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What commands with an evaluation can write of it. */
final class EvaluationOutputs {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description = "Writes a model card: Markdown (.md) or a page (.html), by the file's ending.")
    private Path card;

    @Option(
            names = "--about",
            paramLabel = "FILE",
            description = "Markdown with intended use and the like, for --card.")
    private Path about;

    @Option(
            names = "--mlflow",
            paramLabel = "FILE",
            description = "Writes the metrics as JSON that MLflow's log_metrics takes.")
    private Path mlflow;

    /** Where the model card goes; a name from which its kind cannot be told is a mistake in the arguments. */
    Optional<Path> card() {
        if (card != null && !isPage(card) && !hasEnding(card, ".md", ".markdown")) {
            throw new ParameterException(
                    command.commandLine(), "--card is '" + card + "'; name a file that ends in .md or .html");
        }
        return Optional.ofNullable(card);
    }

    /** Where MLflow's metrics go. */
    Optional<Path> mlflow() {
        return Optional.ofNullable(mlflow);
    }

    /** Whether a card is a page, else it is Markdown. */
    static boolean isPage(Path card) {
        return hasEnding(card, ".html", ".htm");
    }

    /**
     * The user's own words for the card, read before any work is done.
     *
     * @throws InvalidInputException when the file cannot be read as text
     */
    Optional<String> about() {
        if (about == null) {
            return Optional.empty();
        }
        if (card == null) {
            throw new ParameterException(command.commandLine(), "--about goes with --card");
        }
        try {
            return Optional.of(Files.readString(about));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + about + " as text in UTF-8: " + e.getMessage(), e);
        }
    }

    private static boolean hasEnding(Path file, String... endings) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
