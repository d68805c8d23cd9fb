package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.config.Requests;
import io.mlcicd.deployment.artifact.PullModel;
import io.mlcicd.deployment.artifact.PullRequest;
import io.mlcicd.deployment.artifact.PulledModel;
import io.mlcicd.document.Json;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.registry.RegistryCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pulls a published model for an application. */
@Command(
        name = "pull",
        description = "Pulls a model that was published with the target artifact, for an application that embeds it.",
        footer = {
            "  mlcicd pull registry.example/models/weather:production --to /srv/model --verify release.pub",
            "  mlcicd pull /srv/models:weather --to model --version sha256:4f3c...",
            "  mlcicd pull models:/weather@champion --to model --verify release.pub"
        })
final class PullCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            paramLabel = "REFERENCE",
            description = "What to pull: REPOSITORY:NAME in a registry or FOLDER:NAME on a disk, NAME being the"
                    + " deployment's; @sha256:... for one version. Of MLflow's model registry: models:/NAME@ALIAS,"
                    + " models:/NAME/VERSION or models:/NAME/latest.")
    private String reference;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder that holds the model then; it is replaced at once, as a symbolic link.")
    private Path to;

    @Option(names = "--verify", paramLabel = "KEY", description = "The public key whose signature it must have.")
    private Path key;

    @Option(
            names = "--version",
            paramLabel = "DIGEST",
            description = "A version by its digest or its release's twelve digits, instead of the present one.")
    private String version;

    /** Environment variables that hold a login. */
    static final class Login {
        @Option(
                names = "--username-variable",
                required = true,
                paramLabel = "NAME",
                description = "Environment variable with the user's name; else Docker's own logins are used.")
        private String username;

        @Option(
                names = "--password-variable",
                required = true,
                paramLabel = "NAME",
                description = "Environment variable with the password.")
        private String password;

        RegistryCredentials credentials() {
            return new RegistryCredentials(value(username), value(password));
        }

        private static String value(String variable) {
            return Optional.ofNullable(System.getenv(variable))
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(
                            () -> new InvalidInputException("the environment variable " + variable + " is not set"));
        }
    }

    @ArgGroup(exclusive = false)
    private Login login;

    /** The option {@code --version} of all other commands, which shows theirs, takes the standard help along. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help message and exits.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(names = "--json", description = "Prints what was pulled as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress.")
    private boolean quiet;

    PullCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        PullRequest request = new PullRequest(
                reference,
                Optional.ofNullable(version),
                to,
                Optional.ofNullable(key),
                Optional.ofNullable(login).map(Login::credentials),
                PullRequest.isInMlflow(reference) ? server() : Optional.empty());
        PulledModel pulled;
        try (ProgressBar progress = new ProgressBar(terminal, quiet)) {
            pulled = new PullModel().run(request, progress);
        }
        terminal.out().print(json ? Json.write(pulled) : text(pulled));
        terminal.out().flush();
        pulled.refused().ifPresent(why -> terminal.err().println(terminal.red("✘ ") + why));
        terminal.err().flush();
        return pulled.refused().isPresent() ? ExitCode.GATE_FAILED : ExitCode.PASSED;
    }

    /** The server that the environment names, else the project in this folder, if there is one. */
    private static Optional<MlflowServer> server() {
        Optional<String> address =
                Optional.ofNullable(System.getenv(MlflowServer.URI_VARIABLE)).filter(text -> !text.isBlank());
        if (address.isPresent()) {
            return Optional.of(MlflowServer.of(address.get(), System::getenv));
        }
        return Files.exists(Path.of(Project.FILE))
                ? Optional.of(new Requests(Project.load(Path.of("."), List.of()), System::getenv).mlflowServer())
                : Optional.empty();
    }

    private String text(PulledModel pulled) {
        if (pulled.refused().isPresent()) {
            return "";
        }
        StringBuilder text = new StringBuilder("%s %s %s%n"
                .formatted(
                        terminal.green("✔"),
                        terminal.bold(pulled.model()),
                        pulled.changed() ? "is in " + pulled.folder() : "was in " + pulled.folder() + " already"));
        line(text, "version", pulled.version().value());
        pulled.registered().ifPresent(uri -> line(text, "registered", uri));
        pulled.release().ifPresent(release -> line(text, "release", release));
        line(text, "model", pulled.modelPath() + ", " + pulled.modelDigest());
        pulled.commit().ifPresent(commit -> line(text, "commit", commit));
        pulled.since().ifPresent(since -> line(text, "published", since + by(pulled)));
        line(text, "signature", pulled.verified() ? "verified" : "not asked for");
        line(text, "files", String.format(Locale.ROOT, "%d, %,d bytes", pulled.files(), pulled.bytes()));
        return text.toString();
    }

    private static String by(PulledModel pulled) {
        return pulled.by().map(who -> " by " + who).orElse("")
                + pulled.approvedBy().map(who -> ", approved by " + who).orElse("");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  %-10s %s%n".formatted(name, value));
    }
}
