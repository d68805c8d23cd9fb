package io.mlcicd.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.data.ClusterSource;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.Spelling;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.document.YamlDocument.Replacement;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A model's folder with its {@code mlcicd.yml}: where things are, and what each operation is asked to do. */
public final class Project {

    /** The file's name. */
    public static final String FILE = "mlcicd.yml";

    /** Where DVC, too, looks for parameters. */
    private static final String PARAMETERS = "params.yaml";

    private static final String SCHEMA = "mlcicd.schema.json";

    private final Path folder;
    private final YamlDocument base;
    private final List<Replacement> replacements;
    private final Optional<String> environment;
    private final YamlDocument document;
    private final ModelFile file;

    private Project(Path folder, YamlDocument base, List<Replacement> replacements, Optional<String> environment) {
        this.folder = folder;
        this.base = base;
        this.replacements = List.copyOf(replacements);
        this.environment = environment;
        // Options are put on last, for they hold in every environment.
        YamlDocument there =
                environment.map(name -> Environments.of(base, name)).orElse(base);
        this.document = there.with(replacements).validated(SCHEMA);
        this.file = document.bind("", ModelFile.class);
    }

    /**
     * Reads a project.
     *
     * @param folderOrFile the folder, or a file of the form of {@code mlcicd.yml} in it
     * @param replacements values that take the place of the file's; with any, a folder needs no file at all
     * @throws InvalidInputException when there is no such file or it is wrong; the message names file, line and key
     */
    public static Project load(Path folderOrFile, List<Replacement> replacements) {
        if (!Files.exists(folderOrFile)) {
            throw new InvalidInputException(folderOrFile + " does not exist");
        }
        boolean isFolder = Files.isDirectory(folderOrFile);
        Path file = isFolder ? folderOrFile.resolve(FILE).normalize() : folderOrFile;
        Path folder = isFolder ? folderOrFile : folderOrFile.toAbsolutePath().getParent();
        if (isFolder && !Files.exists(file)) {
            if (replacements.isEmpty()) {
                throw new InvalidInputException("there is no " + FILE + " in "
                        + folderOrFile.toAbsolutePath().normalize()
                        + "; name the project's folder, or say with options what to work on (see --help)");
            }
            return new Project(folder, nameless(file, folder), replacements, Optional.empty());
        }
        return new Project(folder, YamlDocument.parse(file), replacements, Optional.empty());
    }

    /** Without a file, the model goes by its folder's name. */
    private static YamlDocument nameless(Path file, Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        String plain = (name == null ? "model" : name.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return YamlDocument.empty(file)
                .with(List.of(new Replacement(
                        "/model/name",
                        JsonNodeFactory.instance.textNode(plain.isEmpty() ? "model" : plain),
                        "the folder's name")));
    }

    /**
     * The project as it is for one environment: {@code deploy.environments} has what is different there.
     *
     * @throws InvalidInputException when there is no such environment
     */
    public Project in(String name) {
        return new Project(folder, base, replacements, Optional.of(name));
    }

    /** The environment it is for; empty when it is for none. */
    public Optional<String> environment() {
        return environment;
    }

    /** Whether what is released here is what users get: where there are no environments, and in the last one of the file. */
    public boolean isLastEnvironment() {
        List<String> names = new ArrayList<>();
        base.content().at("/deploy/environments").fieldNames().forEachRemaining(names::add);
        return names.isEmpty()
                || environment.filter(names.get(names.size() - 1)::equals).isPresent();
    }

    /** The folder that paths in the file are relative to. */
    public Path folder() {
        return folder;
    }

    /** Whether a file describes the project; else options alone say what to work on, this time. */
    public boolean isDescribed() {
        return Files.exists(document.file());
    }

    /** What the project keeps for itself: results, lineage, deployments, images. */
    public Path stateFolder() {
        return folder.resolve(".mlcicd").normalize();
    }

    /** Where the report of a run goes when nobody says otherwise. */
    public Path reportFile() {
        return stateFolder().resolve("report.html");
    }

    public Model model() {
        return file.model();
    }

    /** The data sets that are kept in files, in the order of {@code mlcicd.yml}. */
    public List<FileSource> dataFiles() {
        List<FileSource> sources = new ArrayList<>();
        file.data().forEach((name, set) -> set.path().ifPresent(path -> sources.add(fileSource(name, path, set))));
        return sources;
    }

    /** Whether the file has the section that this stage of a run needs. */
    public boolean has(Stage stage) {
        return switch (stage) {
            case VALIDATE ->
                file.data().values().stream().anyMatch(set -> set.contract().isPresent())
                        || file.validate()
                                .filter(section -> !section.results().isEmpty())
                                .isPresent();
            case TRAIN -> file.train().isPresent();
            case EVALUATE -> file.evaluate().isPresent();
            case PACKAGE -> file.packaging().isPresent();
            case DEPLOY -> file.deploy().isPresent();
            case DRIFT -> file.drift().isPresent();
            case PROFILE, RUN -> false;
        };
    }

    /** The command that trains the model, if the file names one. */
    public Optional<List<String>> trainingCommand() {
        return file.train().map(ModelFile.Train::command).filter(command -> !command.isEmpty());
    }

    /**
     * The names of the data sets that the model is made of: those that the file names, or else all but the one that drift
     * checks look at.
     */
    public List<String> trainingData() {
        Optional<List<String>> named = file.train().flatMap(ModelFile.Train::data);
        for (int i = 0; i < named.map(List::size).orElse(0); i++) {
            if (!file.data().containsKey(named.get().get(i))) {
                throw error(
                        "/train/data/" + i,
                        "there is no data set '%s'%s"
                                .formatted(
                                        named.get().get(i),
                                        Spelling.hint(
                                                named.get().get(i), file.data().keySet())));
            }
        }
        Optional<String> watched = file.drift().map(DriftKeys::current);
        return named.orElseGet(() -> file.data().keySet().stream()
                .filter(name -> watched.filter(name::equals).isEmpty())
                .toList());
    }

    /**
     * The files that the training takes its parameters from, as the file names them; {@code params.yaml}, if there is one, when
     * it names none.
     */
    public List<String> parameterFiles() {
        List<String> named = file.train().flatMap(ModelFile.Train::parameters).orElse(List.of());
        for (int i = 0; i < named.size(); i++) {
            if (!Files.isRegularFile(resolve(named.get(i)))) {
                throw error("/train/parameters/" + i, "there is no file '%s'".formatted(named.get(i)));
            }
        }
        return named.isEmpty() && Files.isRegularFile(resolve(PARAMETERS)) ? List.of(PARAMETERS) : named;
    }

    /** The model's file or folder, as the file names it. */
    public Optional<String> modelPath() {
        return file.packaging().map(PackageKeys::model);
    }

    /** Whether {@code deploy.target} is a batch. */
    public boolean deploysBatch() {
        return file.deploy()
                .flatMap(ModelFile.Deploy::target)
                .filter("batch"::equals)
                .isPresent();
    }

    /** Whether there is a batch to run, by itself or beside a service. */
    public boolean hasBatch() {
        return file.deploy().flatMap(ModelFile.Deploy::batch).isPresent();
    }

    /** The deployment's name. */
    public String deploymentName() {
        return file.deploy().flatMap(ModelFile.Deploy::name).orElse(model().name());
    }

    /** The line of the file that a stage's gate is written on, counted from 1; empty when it comes from elsewhere. */
    public OptionalInt line(Stage stage, Gate gate) {
        return GateLines.line(document, stage, gate);
    }

    /** The file itself; it need not exist. */
    public Path path() {
        return document.file();
    }

    /** Where the file says something, for errors found while doing it. */
    InvalidInputException error(String pointer, String message) {
        return document.error(pointer, message);
    }

    ModelFile file() {
        return file;
    }

    /** A section of the file that an operation cannot do without. */
    <T> T require(Optional<T> section, String key, String purpose) {
        return section.orElseThrow(() ->
                new InvalidInputException(document.file() + " has no section '" + key + "', which says " + purpose));
    }

    Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** A data set of the file, with what it needs of the environment. */
    DataSource source(String name, ModelFile.DataSet set, Function<String, String> environment) {
        ReadOptions read = set.read().orElse(ReadOptions.SNIFFED);
        return set.jdbc()
                .<DataSource>map(jdbc -> new Databases(this, environment).source(name, jdbc))
                .or(() -> set.uri().map(uri -> onCluster(name, uri, set.format(), read)))
                .or(() -> set.table().map(table -> new ClusterSource(name, table, Optional.empty(), read)))
                .orElseGet(() -> fileSource(name, set.path().orElseThrow(), set));
    }

    /** Whether a text names data somewhere else, such as {@code s3a://lake/train}. */
    public static boolean isUri(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+://.*");
    }

    private FileSource fileSource(String name, String path, ModelFile.DataSet set) {
        return FileSource.below(
                folder,
                name,
                path,
                set.format().map(format -> ofFile(name, format)),
                set.read().orElse(ReadOptions.SNIFFED));
    }

    private Format ofFile(String name, String format) {
        try {
            return Format.of(format);
        } catch (IllegalArgumentException e) {
            throw error(
                    "/data/" + name.replace("~", "~0").replace("/", "~1") + "/format",
                    "'%s' is read by Spark alone; give the data set a 'uri' instead of a 'path', and write 'engine: spark'"
                            .formatted(format));
        }
    }

    /** Data by URI; without a format said, the name's ending tells it. */
    public static ClusterSource onCluster(String name, String uri, Optional<String> format, ReadOptions read) {
        return new ClusterSource(
                name,
                uri,
                Optional.of(format.orElseGet(() -> Format.ofFileName(uri).key())),
                read);
    }

    /** A data file that is no data set of its own, or data by URI. */
    DataSource source(String name, String path, Optional<Format> format) {
        if (isUri(path)) {
            return onCluster(name, path, format.map(Format::key), ReadOptions.SNIFFED);
        }
        return FileSource.below(folder, name, path, format, ReadOptions.SNIFFED);
    }

    /** A data set by its name in the file, or else a data file. */
    DataSource dataSet(String nameOrPath, String pointer, Function<String, String> environment) {
        ModelFile.DataSet named = file.data().get(nameOrPath);
        if (named != null) {
            return source(nameOrPath, named, environment);
        }
        if (!isUri(nameOrPath) && !Files.exists(resolve(nameOrPath))) {
            throw error(
                    pointer,
                    "'%s' is neither a data set of this file%s nor a file that exists"
                            .formatted(
                                    nameOrPath,
                                    Spelling.hint(nameOrPath, file.data().keySet())));
        }
        return source(pointer.substring(pointer.lastIndexOf('/') + 1), nameOrPath, Optional.empty());
    }
}
