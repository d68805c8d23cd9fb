package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.TomlDocument;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.Installation.Installer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds what a model needs to be installed. The model's own files come first, for they tell what it was trained with;
 * then the project's. In either folder the first of these is taken: a file for conda, when the base image brings conda;
 * {@code requirements.txt}; {@code uv.lock}; {@code poetry.lock}; {@code Pipfile.lock}; {@code pyproject.toml};
 * {@code conda.yaml} and {@code environment.yml}; {@code python_env.yaml}.
 */
public final class DeclaredEnvironment {

    private static final List<String> CONDA = List.of("conda.yaml", "conda.yml", "environment.yaml", "environment.yml");
    private static final String MLFLOW = "python_env.yaml";
    private static final String PROJECT = "pyproject.toml";
    private static final Pattern MICROMAMBA = Pattern.compile("(^|.*/)[^/]*micromamba[^/]*");
    private static final Pattern ANACONDA = Pattern.compile("(^|.*/)[^/]*(conda|mamba|miniforge)[^/]*");

    private final Path project;
    private final Optional<Installer> conda;
    private final List<String> notes = new ArrayList<>();
    private Optional<String> python = Optional.empty();
    private String pythonFrom = "";

    private DeclaredEnvironment(Path project, Optional<Installer> conda) {
        this.project = project;
        this.conda = conda;
    }

    /**
     * Reads what is declared.
     *
     * @param project the project's folder
     * @param model the model's file or folder below it
     * @param base the image that is built on, as the user named it; empty when it is to be chosen
     * @throws InvalidInputException when a file is broken, or declares what cannot be installed on that base
     */
    public static PythonEnvironment of(Path project, Path model, Optional<String> base) throws IOException {
        DeclaredEnvironment declared = new DeclaredEnvironment(project, base.flatMap(DeclaredEnvironment::condaOf));
        Path own = Files.isDirectory(model) ? model : model.getParent();
        Optional<Installation> installation = declared.in(own);
        if (installation.isEmpty() && !own.equals(project)) {
            installation = declared.in(project);
        }
        return new PythonEnvironment(installation, declared.python, declared.pythonFrom, declared.notes);
    }

    /** The program that installs conda's packages in an image of that name. */
    private static Optional<Installer> condaOf(String base) {
        String repository = base.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
        if (MICROMAMBA.matcher(repository).matches()) {
            return Optional.of(Installer.MICROMAMBA);
        }
        return ANACONDA.matcher(repository).matches() ? Optional.of(Installer.CONDA) : Optional.empty();
    }

    static String shown(Path file, Path project) {
        return project.relativize(file).toString().replace('\\', '/');
    }

    /** A file that is there; a link that leads out of the project's folder would bring something else into the image. */
    static Optional<Path> file(Path folder, String name, Path project) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (!file.startsWith(project) || !file.toRealPath().startsWith(project)) {
            throw new InvalidInputException("%s leads out of the project's folder".formatted(file));
        }
        return Optional.of(file);
    }

    private Optional<Path> file(Path folder, String name) throws IOException {
        return file(folder, name, project);
    }

    private Optional<Installation> in(Path folder) throws IOException {
        Optional<Path> environment = Optional.empty();
        for (String name : CONDA) {
            environment = environment.isPresent() ? environment : file(folder, name);
        }
        Optional<CondaFile> read = environment.map(path -> CondaFile.of(yaml(path)));
        if (read.isPresent()) {
            named(read.get().python(), environment.get());
        }
        Optional<Path> mlflow = file(folder, MLFLOW);
        Optional<CondaFile> mlflows = mlflow.map(path -> CondaFile.ofMlflow(yaml(path)));
        if (mlflows.isPresent()) {
            named(mlflows.get().python(), mlflow.get());
        }
        Optional<Path> version = file(folder, ".python-version");
        if (version.isPresent()) {
            named(PythonVersion.exact(Files.readString(version.get()).strip()), version.get());
        }
        if (conda.isPresent() && environment.isPresent()) {
            return Optional.of(byConda(environment.get(), read.orElseThrow()));
        }
        Optional<Installation> found = byPip(folder);
        if (found.isPresent()) {
            String from = found.get().from();
            String shown = environment.map(path -> shown(path, project)).orElse("");
            read.filter(file -> !file.conda().isEmpty())
                    .ifPresent(file ->
                            notes.add("%s names packages of conda, which are not installed beside those of %s: %s"
                                    .formatted(shown, from, String.join(", ", file.conda()))));
            return found;
        }
        if (read.isPresent()) {
            return pipPart(environment.get(), read.get());
        }
        return mlflows.filter(file -> !file.pip().isEmpty()).isPresent()
                ? pipPart(mlflow.get(), mlflows.get())
                : Optional.empty();
    }

    private void named(Optional<String> version, Path file) {
        if (python.isEmpty() && version.isPresent()) {
            python = version;
            pythonFrom = shown(file, project);
        }
    }

    private Installation byConda(Path file, CondaFile read) throws IOException {
        Map<String, Path> copied = new TreeMap<>(Map.of(shown(file, project), file));
        for (String line : read.pip()) {
            copied.putAll(RequirementsFile.line(line, file, project, "").files());
        }
        return new Installation(shown(file, project), conda.orElseThrow(), copied, Optional.empty(), false, false);
    }

    /** Without conda, what only conda can install is not left out silently. */
    private Optional<Installation> pipPart(Path file, CondaFile read) throws IOException {
        String shown = shown(file, project);
        if (!read.conda().isEmpty()) {
            throw new InvalidInputException(
                    ("%s names packages of conda (%s), which pip does not install; name a 'base' that"
                                    + " brings conda, such as mambaorg/micromamba:2, or give a requirements.txt")
                            .formatted(shown, String.join(", ", read.conda())));
        }
        if (read.pip().isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        Map<String, Path> copied = new TreeMap<>();
        for (String written : read.pip()) {
            RequirementsFile.Line line = RequirementsFile.line(written, file, project, Installation.FOLDER);
            lines.add(line.text());
            copied.putAll(line.files());
        }
        return Optional.of(Installation.generated(shown, copied, RequirementsText.of(lines)));
    }

    private Optional<Installation> byPip(Path folder) throws IOException {
        Optional<Path> toml = file(folder, PROJECT);
        JsonNode content = toml.isPresent() ? toml(toml.get()) : MissingNode.getInstance();
        Optional<Path> requirements = file(folder, "requirements.txt");
        Optional<Installation> found = requirements.isPresent()
                ? Optional.of(RequirementsFile.read(requirements.get(), project))
                : locked(folder, content);
        if (toml.isPresent()) {
            wanted(ProjectDependencies.python(content), toml.get());
            List<String> lines =
                    found.isPresent() ? List.of() : ProjectDependencies.of(content, shown(toml.get(), project));
            return lines.isEmpty() ? found : Optional.of(generated(toml.get(), RequirementsText.of(lines)));
        }
        return found;
    }

    private Optional<Installation> locked(Path folder, JsonNode declared) throws IOException {
        Optional<Path> uv = file(folder, "uv.lock");
        if (uv.isPresent()) {
            JsonNode lock = toml(uv.get());
            wanted(lock.path("requires-python").asText(""), uv.get());
            return locked(uv.get(), UvLock.read(lock, shown(uv.get(), project)));
        }
        Optional<Path> poetry = file(folder, "poetry.lock");
        if (poetry.isPresent()) {
            JsonNode lock = toml(poetry.get());
            wanted(lock.path("metadata").path("python-versions").asText(""), poetry.get());
            return locked(poetry.get(), PoetryLock.read(lock, declared, shown(poetry.get(), project)));
        }
        Optional<Path> pipfile = file(folder, "Pipfile.lock");
        if (pipfile.isPresent()) {
            JsonNode lock = json(pipfile.get());
            JsonNode requires = lock.path("_meta").path("requires");
            String version = requires.path("python_full_version")
                    .asText(requires.path("python_version").asText(""));
            named(PythonVersion.exact(version), pipfile.get());
            return locked(pipfile.get(), PipfileLock.read(lock, shown(pipfile.get(), project)));
        }
        return Optional.empty();
    }

    private Optional<Installation> locked(Path from, RequirementsText text) {
        for (String name : text.local()) {
            notes.add("%s needs '%s', which is code of the project's own and not installed; put it among 'files'"
                    .formatted(shown(from, project), name));
        }
        return text.text().isBlank() ? Optional.empty() : Optional.of(generated(from, text));
    }

    private Installation generated(Path from, RequirementsText text) {
        return Installation.generated(shown(from, project), Map.of(), text);
    }

    private void wanted(String versions, Path file) {
        named(PythonVersion.exact(versions).or(() -> PythonVersion.nearest(versions)), file);
    }

    private JsonNode yaml(Path file) {
        return YamlDocument.parse(file).content();
    }

    private JsonNode toml(Path file) throws IOException {
        return TomlDocument.read(file, shown(file, project));
    }

    private JsonNode json(Path file) throws IOException {
        try {
            return Json.mapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s:%d:%d: not valid JSON: %s"
                            .formatted(
                                    shown(file, project),
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }
}
