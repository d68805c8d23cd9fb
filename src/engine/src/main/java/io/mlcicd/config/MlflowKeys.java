package io.mlcicd.config;

import io.mlcicd.config.MlflowSettings.ChosenRun;
import io.mlcicd.config.MlflowSettings.Logged;
import io.mlcicd.config.MlflowSettings.Registration;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the section {@code mlflow} asks, with the defaults filled in. */
final class MlflowKeys {

    private static final String EXPERIMENT = "MLFLOW_EXPERIMENT_NAME";
    private static final String RUN = "MLFLOW_RUN_ID";
    private static final String DEFAULT_ARTIFACT = "model";
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{32}");

    private final Project project;
    private final Function<String, String> environment;

    MlflowKeys(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    Optional<MlflowSettings> settings() {
        return project.file().mlflow().map(this::settings);
    }

    private MlflowSettings settings(MlflowSection section) {
        String address = address(section.uri());
        String experiment = section.experiment()
                .or(() -> variable(EXPERIMENT))
                .orElse(project.model().name());
        if (section.register().isEmpty()
                && (section.alias().isPresent()
                        || section.stage().isPresent()
                        || section.sign().isPresent())) {
            throw project.error(
                    "/mlflow", "has 'alias', 'stage' or 'sign' without 'register', the registered model's name");
        }
        return new MlflowSettings(
                server(address),
                experiment,
                run(section.run()),
                logged(section.log()),
                section.register()
                        .map(name -> new Registration(
                                name,
                                section.alias(),
                                section.stage(),
                                section.when().filter("deployed"::equals).isPresent(),
                                section.artifact().orElse(DEFAULT_ARTIFACT),
                                section.sign()
                                        .map(sign ->
                                                () -> SigningKeys.of(project, "/mlflow/sign", sign, environment)))),
                Map.of(MlflowServer.URI_VARIABLE, address, EXPERIMENT, experiment));
    }

    /** The server that the section or the environment names. */
    MlflowServer server() {
        return server(address(project.file().mlflow().flatMap(MlflowSection::uri)));
    }

    private MlflowServer server(String address) {
        try {
            return MlflowServer.of(address, environment);
        } catch (InvalidInputException e) {
            throw project.error("/mlflow/uri", e.getMessage());
        }
    }

    private String address(Optional<String> uri) {
        return uri.map(text -> Variables.fill(project, "/mlflow", Map.of("uri", text), environment)
                        .get("uri"))
                .or(() -> variable(MlflowServer.URI_VARIABLE))
                .orElseThrow(() -> project.error(
                        "/mlflow/uri", "is needed, or the environment variable " + MlflowServer.URI_VARIABLE));
    }

    private ChosenRun run(Optional<String> written) {
        Optional<String> run = written.map(text -> Variables.fill(project, "/mlflow", Map.of("run", text), environment)
                        .get("run"))
                .or(() -> variable(RUN));
        if (run.isEmpty()) {
            return new ChosenRun.Own();
        }
        String text = run.get();
        if (text.equals("latest")) {
            return new ChosenRun.Newest();
        }
        return RUN_ID.matcher(text).matches() ? new ChosenRun.Given(text) : leftIn(project.resolve(text), text);
    }

    private ChosenRun leftIn(Path file, String shown) {
        if (!Files.isRegularFile(file)) {
            return new ChosenRun.Left(shown);
        }
        try {
            String id = Files.readString(file).strip();
            if (!RUN_ID.matcher(id).matches()) {
                throw project.error(
                        "/mlflow/run",
                        "names the file " + shown + ", which must hold a run's id of 32 digits and no more");
            }
            return new ChosenRun.Given(id);
        } catch (IOException e) {
            throw project.error("/mlflow/run", "names the file " + shown + ", which cannot be read: " + e.getMessage());
        }
    }

    private static Set<Logged> logged(Optional<List<String>> names) {
        EnumSet<Logged> logged = EnumSet.noneOf(Logged.class);
        names.ifPresentOrElse(
                list -> list.forEach(name -> logged.add(Logged.valueOf(name.toUpperCase(Locale.ROOT)))),
                () -> logged.addAll(EnumSet.allOf(Logged.class)));
        return logged;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(text -> !text.isBlank());
    }

    /** The version in the registry that is the champion; empty when the file names none. */
    Optional<ModelUri> champion() {
        return project.file()
                .evaluate()
                .flatMap(ModelFile.Evaluate::champion)
                .flatMap(ChampionKey::mlflow)
                .map(text -> {
                    try {
                        return ModelUri.of(text);
                    } catch (IllegalArgumentException e) {
                        throw project.error("/evaluate/champion/mlflow", "'" + text + "' " + e.getMessage());
                    }
                });
    }
}
