package io.mlcicd.packaging.recognition;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.pickle.PickleFacts;
import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what a model is: by its folder's own description ({@code MLmodel}, {@code saved_model.pb}), by how its files
 * begin, and by what its pickles import. Never reads more of a file than its head, however large it is.
 */
public final class ModelRecognition {

    private static final int HEAD = 512;
    private static final int MOST_FILES = 1000;

    private final Path project;
    private final Set<Path> packaged;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> external = new TreeSet<>();

    private ModelRecognition(Path project, List<Path> files) {
        this.project = project;
        this.packaged = Set.copyOf(files);
    }

    /** What one of the model's files tells, or the model's folder as a whole. */
    private record Told(String file, ModelFacts facts) {}

    /**
     * Recognises a model.
     *
     * @param project the project's folder
     * @param model the model's file or folder below it
     * @param files the model's files
     * @param pickles what the pickles among them tell, by their paths relative to the project's folder
     * @throws IOException when a file cannot be read; one that is broken gets a note
     * @throws InvalidInputException when weights that a model keeps outside of its file are not among the files
     */
    public static RecognisedModel recognise(Path project, Path model, List<Path> files, List<PickleFacts> pickles)
            throws IOException {
        ModelRecognition recognition = new ModelRecognition(project, files);
        Told told = recognition.told(model, files, pickles);
        DependencyFiles dependencies = new DependencyFiles();
        dependencies.read(Files.isDirectory(model) ? model : model.getParent(), project);
        dependencies.read(project, project);
        recognition.notes.addAll(dependencies.notes());
        return new RecognisedModel(
                told.facts().kind(),
                told.file(),
                told.facts().versions(),
                told.facts().signature(),
                List.copyOf(recognition.external),
                dependencies.dependencies(),
                dependencies.files(),
                recognition.notes);
    }

    private Told told(Path model, List<Path> files, List<PickleFacts> pickles) throws IOException {
        Optional<Path> mlflow = MlflowFolder.find(model);
        if (mlflow.isPresent()) {
            Optional<ModelFacts> facts = attempt(mlflow.get(), () -> Optional.of(MlflowFolder.read(mlflow.get())));
            return new Told(shown(mlflow.get()), facts.orElse(ModelFacts.of(ModelKind.MLFLOW)));
        }
        Path saved = model.resolve("saved_model.pb");
        if (Files.isRegularFile(saved)) {
            Optional<ModelFacts> facts = attempt(saved, () -> Optional.of(SavedModelFile.read(saved)));
            return new Told(shown(saved), facts.orElse(ModelFacts.of(ModelKind.TENSORFLOW)));
        }
        Told best = new Told("", ModelFacts.of(ModelKind.UNKNOWN));
        for (Path file : files.subList(0, Math.min(files.size(), MOST_FILES))) {
            Optional<ModelFacts> facts = file(file);
            if (facts.isPresent() && facts.get().kind().compareTo(best.facts().kind()) < 0) {
                best = new Told(shown(file), facts.get());
            }
        }
        for (PickleFacts pickle : pickles) {
            ModelFacts facts = pickled(pickle);
            if (facts.kind().compareTo(best.facts().kind()) < 0) {
                best = new Told(pickle.file(), facts);
            }
        }
        return best;
    }

    private String shown(Path file) {
        return project.relativize(file).toString().replace('\\', '/');
    }

    /** Reads something that may turn out broken. */
    @FunctionalInterface
    private interface Attempt<T> {
        Optional<T> read() throws IOException;
    }

    private <T> Optional<T> attempt(Path file, Attempt<T> attempt) throws IOException {
        try {
            return attempt.read();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | ArithmeticException e) {
            String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
            notes.add("%s cannot be read as what it seems to be: %s"
                    .formatted(shown(file), why.replaceAll("\\s*\\R\\s*", " ")));
            return Optional.empty();
        }
    }

    private Optional<ModelFacts> file(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (start.startsWith("GGUF")) {
            return attempt(file, () -> Optional.of(GgufFile.read(file)));
        }
        if (start.startsWith(HdfFile.SIGNATURE)) {
            return attempt(file, () -> Optional.of(HdfFile.read(file)));
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return attempt(file, () -> ZipModel.read(file));
        }
        if (name.endsWith(".safetensors")) {
            return attempt(file, () -> Optional.of(SafetensorsFile.read(file)));
        }
        if (name.endsWith(".onnx")) {
            Optional<ModelFacts> facts = attempt(file, () -> Optional.of(OnnxFile.read(file)));
            if (facts.isPresent()) {
                weights(file);
            }
            return facts;
        }
        if (start.startsWith("tree\n") || start.startsWith("tree\r\n")) {
            return attempt(file, () -> LightGbmFile.read(file));
        }
        String text = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
        if (text.stripLeading().startsWith("<") && (start.contains("PMML") || name.endsWith(".pmml"))) {
            return attempt(file, () -> PmmlFile.read(file));
        }
        if (start.startsWith("{")) {
            return object(file, start, name);
        }
        return XgboostFile.binary(file);
    }

    /** A model whose weights are not packaged with it could be loaded nowhere. */
    private void weights(Path file) throws IOException {
        Optional<Map<String, Long>> outside = attempt(file, () -> Optional.of(OnnxWeights.read(file)));
        for (Map.Entry<String, Long> weights : outside.orElse(Map.of()).entrySet()) {
            Path there = file.resolveSibling(weights.getKey()).normalize();
            if (!packaged.contains(there)) {
                throw new InvalidInputException(
                        ("model: %s keeps weights in '%s', which is not among the model's files;"
                                        + " name the folder with both as the model")
                                .formatted(shown(file), weights.getKey()));
            }
            if (Files.size(there) < weights.getValue()) {
                throw new InvalidInputException(
                        "model: %s has %d bytes, but %s keeps weights in it up to byte %d; one of the two is not whole"
                                .formatted(shown(there), Files.size(there), shown(file), weights.getValue()));
            }
            external.add(shown(there));
        }
    }

    /** JSON goes on with white space or a quote, UBJSON with the length of a key or of the object. */
    private Optional<ModelFacts> object(Path file, String start, String name) throws IOException {
        boolean json = start.length() > 1 && (start.charAt(1) == '"' || Character.isWhitespace(start.charAt(1)));
        if (!json) {
            return attempt(file, () -> XgboostFile.ubjson(file));
        }
        // Small JSON files of every kind lie beside models.
        boolean model = start.contains("\"learner\"") || start.contains("\"version\"") || name.contains("xgb");
        return model ? attempt(file, () -> XgboostFile.json(file)) : Optional.empty();
    }

    private static ModelFacts pickled(PickleFacts pickle) {
        Map<String, String> versions = new TreeMap<>();
        if (pickle.packages().contains("xgboost")) {
            return new ModelFacts(ModelKind.XGBOOST, versions, Signature.NONE);
        }
        if (pickle.packages().contains("lightgbm")) {
            return new ModelFacts(ModelKind.LIGHTGBM, versions, Signature.NONE);
        }
        if (pickle.packages().contains("sklearn")) {
            pickle.libraryVersion().ifPresent(version -> versions.put("scikit-learn", version));
            List<Field> inputs = pickle.features().isPresent()
                    ? List.of(new Field(
                            "",
                            Optional.empty(),
                            List.of("?", String.valueOf(pickle.features().getAsLong()))))
                    : List.of();
            return new ModelFacts(ModelKind.SCIKIT_LEARN, versions, new Signature(inputs, List.of()));
        }
        boolean torch = pickle.packages().contains("torch");
        return ModelFacts.of(torch ? ModelKind.PYTORCH : ModelKind.PICKLE);
    }
}
