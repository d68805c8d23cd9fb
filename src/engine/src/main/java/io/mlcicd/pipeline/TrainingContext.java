package io.mlcicd.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.Project;
import io.mlcicd.document.TomlDocument;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.Parameters;
import io.mlcicd.lineage.TrainingEnvironment;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.versioning.DvcRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a project's training stands in: machine, interpreter, dependencies, parameters. */
final class TrainingContext {

    /** What pip, conda, Poetry, uv, Pipenv and renv take packages from. */
    private static final List<String> DEPENDENCIES = List.of(
            "requirements.txt",
            "requirements.lock",
            "conda.yaml",
            "environment.yml",
            "environment.yaml",
            "pyproject.toml",
            "poetry.lock",
            "uv.lock",
            "Pipfile.lock",
            "renv.lock");

    private static final Pattern PYTHON =
            Pattern.compile("(.*[/\\\\])?python[0-9.]*(\\.exe)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|secret|token|credential|api_?key", Pattern.CASE_INSENSITIVE);
    private static final int MOST_VALUES = 500;
    private static final int LONGEST_VALUE = 200;

    private final Project project;
    private final DvcRepository dvc;
    private Optional<String> runtime = Optional.empty();
    private boolean asked;

    TrainingContext(Project project, DvcRepository dvc) {
        this.project = project;
        this.dvc = dvc;
    }

    TrainingEnvironment environment() throws InterruptedException {
        List<Artifact> dependencies = new ArrayList<>();
        for (String name : DEPENDENCIES) {
            Path file = project.folder().resolve(name);
            if (Files.isRegularFile(file)) {
                dependencies.add(Digests.required(name, name, file));
            }
        }
        return new TrainingEnvironment(platform(), runtime(), dependencies);
    }

    private static String platform() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os) + "/"
                + (arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** The interpreter is asked once: it may take a while to start. */
    private Optional<String> runtime() throws InterruptedException {
        if (!asked) {
            asked = true;
            Optional<String> python = project.trainingCommand()
                    .map(command -> command.get(0))
                    .filter(program -> PYTHON.matcher(program).matches());
            if (python.isPresent()) {
                runtime = version(python.get());
            }
        }
        return runtime;
    }

    private Optional<String> version(String python) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try {
            OutsideCommand.Ending ending = new OutsideCommand(
                            List.of(python, "--version"), project.folder(), Map.of(), Duration.ofSeconds(20))
                    .run(lines::add);
            return ending.exitCode() == 0 ? lines.stream().findFirst() : Optional.empty();
        } catch (OutsideSystemException | InvalidInputException e) {
            // Training itself tells that its interpreter is missing; here it is one thing less that is known.
            return Optional.empty();
        }
    }

    /** Those that DVC says the training took, and all in files of parameters; empty without any. */
    Optional<Parameters> parameters() {
        List<Artifact> files = new ArrayList<>();
        SortedMap<String, String> values = new TreeMap<>();
        dvc.parameters().forEach((name, value) -> put(values, name, value));
        for (String name : project.parameterFiles()) {
            Path file = project.folder().resolve(name).normalize();
            files.add(Digests.required(name, name, file));
            add(values, "", tree(file));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Parameters(files, values));
    }

    private static JsonNode tree(Path file) {
        if (!file.toString().endsWith(".toml")) {
            return YamlDocument.parse(file).content();
        }
        try {
            return TomlDocument.read(file, file.toString());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void add(SortedMap<String, String> values, String prefix, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> add(
                            values, prefix.isEmpty() ? each.getKey() : prefix + "." + each.getKey(), each.getValue()));
        } else if (!prefix.isEmpty()) {
            put(values, prefix, text(node));
        }
    }

    private static void put(SortedMap<String, String> values, String name, String value) {
        if (values.size() < MOST_VALUES) {
            values.put(name, SECRET.matcher(name).find() ? "(not kept)" : brief(value));
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
