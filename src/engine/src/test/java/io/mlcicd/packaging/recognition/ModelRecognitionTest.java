package io.mlcicd.packaging.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlcicd.lineage.Digests;
import io.mlcicd.packaging.pickle.PickleFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The models were written by onnx 1.x, LightGBM 4, safetensors, gguf and scikit-learn themselves; XGBoost's, Keras' and
 * TensorFlow's by their documented layout.
 */
class ModelRecognitionTest {

    @TempDir
    private Path project;

    private Path model;

    @BeforeEach
    void makeFolder() throws IOException {
        model = Files.createDirectories(project.resolve("build/model"));
    }

    @ParameterizedTest
    @CsvSource({
        "models/model.onnx, ONNX",
        "models/lightgbm.txt, LightGBM",
        "models/model.safetensors, safetensors",
        "models/tiny.gguf, GGUF",
        "models/xgboost.json, XGBoost",
        "models/xgboost.ubj, XGBoost",
        "models/xgboost.model, XGBoost",
        "models/model.keras, Keras",
        "models/model.pmml, PMML",
        "models/saved/saved_model.pb, TensorFlow SavedModel",
        "pickle/sklearn.joblib, scikit-learn",
        "pickle/forest-zlib.joblib, scikit-learn",
        "pickle/torch-state.pt, PyTorch",
        "pickle/torchscript.pt, TorchScript",
        "pickle/plain.pkl, pickle",
    })
    void everyKindIsTold(String resource, String kind) throws Exception {
        put(resource);

        assertThat(recognised().kind().label()).isEqualTo(kind);
        assertThat(recognised().notes()).isEmpty();
    }

    @Test
    void onnxTellsVersionsAndItsGraphsEnds() throws Exception {
        put("models/model.onnx");

        RecognisedModel onnx = recognised();
        assertThat(onnx.versions())
                .containsEntry("ir", "8")
                .containsEntry("opset", "17")
                .containsEntry("opset ai.onnx.ml", "3")
                .containsEntry("producer", "skl2onnx 1.17");
        assertThat(onnx.signature().inputs())
                .as("weights that are listed as inputs are none")
                .containsExactly(
                        new Signature.Field("pixels", Optional.of("float32"), List.of("batch", "3", "224", "?")));
        assertThat(onnx.signature().outputs())
                .containsExactly(new Signature.Field("label", Optional.of("int64"), List.of("batch")));
        assertThat(onnx.file()).isEqualTo("build/model/model.onnx");
    }

    @Test
    void aSavedModelTellsItsServingSignature() throws Exception {
        put("models/saved/saved_model.pb");

        RecognisedModel saved = recognised();
        assertThat(saved.versions()).containsEntry("tensorflow", "2.15.0");
        assertThat(saved.signature().inputs())
                .containsExactly(
                        new Signature.Field("rain", Optional.of("int32"), List.of("?")),
                        new Signature.Field("wind", Optional.of("float32"), List.of("?", "1")));
        assertThat(saved.signature().outputs())
                .containsExactly(new Signature.Field("scores", Optional.of("float32"), List.of("?", "3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/xgboost.json", "models/xgboost.ubj"})
    void xgboostTellsItsFeatures(String resource) throws Exception {
        put(resource);

        RecognisedModel xgboost = recognised();
        assertThat(xgboost.versions()).containsEntry("xgboost", "2.1.4").containsEntry("objective", "binary:logistic");
        assertThat(xgboost.signature().inputs())
                .extracting(Signature.Field::name, Signature.Field::type)
                .containsExactly(tuple("temp_max", Optional.of("float")), tuple("wind", Optional.of("int")));
    }

    @Test
    void xgboostsOldFormatTellsWhatItHas() throws Exception {
        put("models/xgboost.model");

        assertThat(recognised().versions())
                .containsEntry("xgboost", "1.7")
                .containsEntry("objective", "binary:logistic");
        assertThat(recognised().signature().inputs())
                .extracting(Signature.Field::shape)
                .containsExactly(List.of("?", "7"));
    }

    @Test
    void lightGbmTellsItsFeaturesAndClasses() throws Exception {
        put("models/lightgbm.txt");

        RecognisedModel lightGbm = recognised();
        assertThat(lightGbm.versions()).containsEntry("format", "v4");
        assertThat(lightGbm.signature().inputs())
                .extracting(Signature.Field::name)
                .containsExactly("temp_max", "wind", "rain");
        assertThat(lightGbm.signature().outputs().get(0).shape()).containsExactly("?", "3");
    }

    @Test
    void ggufTellsItsMetadata() throws Exception {
        put("models/tiny.gguf");

        assertThat(recognised().versions())
                .containsAllEntriesOf(Map.of(
                        "gguf", "3",
                        "architecture", "llama",
                        "name", "tiny",
                        "license", "apache-2.0",
                        "context length", "2048",
                        "quantization", "2",
                        "tensors", "1"));
    }

    @Test
    void ofALargeFileOnlyTheHeadIsRead() throws Exception {
        put("models/tiny.gguf");
        try (RandomAccessFile file =
                new RandomAccessFile(model.resolve("tiny.gguf").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        long started = System.nanoTime();
        RecognisedModel gguf = ModelRecognition.recognise(project, model, Digests.filesBelow(model), List.of());
        assertThat(gguf.kind()).isEqualTo(ModelKind.GGUF);
        assertThat(System.nanoTime() - started).as("of a terabyte").isLessThan(5_000_000_000L);
    }

    @Test
    void safetensorsAndKerasTellTheirHeads() throws Exception {
        put("models/model.safetensors");
        assertThat(recognised().versions())
                .containsEntry("format", "pt")
                .containsEntry("tensors", "2")
                .containsEntry("types", "F16 F32");

        Files.delete(model.resolve("model.safetensors"));
        put("models/model.keras");
        assertThat(recognised().versions()).containsEntry("keras", "3.5.0");
        assertThat(recognised().signature().inputs())
                .containsExactly(new Signature.Field("features", Optional.of("float32"), List.of("?", "8")));
    }

    @Test
    void pmmlTellsTheSchemaOfTheOuterModel() throws Exception {
        put("models/model.pmml");

        RecognisedModel pmml = recognised();
        assertThat(pmml.versions())
                .containsEntry("pmml", "4.4")
                .containsEntry("model", "MiningModel")
                .containsEntry("producer", "SkLearn2PMML package 0.111.0");
        assertThat(pmml.signature().inputs())
                .containsExactly(
                        Signature.Field.column("petal", Optional.of("double")),
                        Signature.Field.column("sepal", Optional.of("float")));
        assertThat(pmml.signature().outputs())
                .containsExactly(Signature.Field.column("probability(setosa)", Optional.of("double")));
    }

    @Test
    void pmmlOpensNoOtherFile() throws Exception {
        Files.writeString(project.resolve("secret"), "s3cret");
        write("model.pmml", """
                <?xml version="1.0"?>
                <!DOCTYPE PMML [<!ENTITY leak SYSTEM "%s">]>
                <PMML version="4.4"><Header><Application name="&leak;"/></Header></PMML>
                """.formatted(project.resolve("secret").toUri()));

        assertThat(recognised().toString()).doesNotContain("s3cret");
    }

    @Test
    void scikitLearnTellsItsVersion() throws Exception {
        put("pickle/sklearn.joblib");

        assertThat(recognised().versions().get("scikit-learn")).startsWith("1.");
        assertThat(recognised().signature().inputs())
                .extracting(Signature.Field::shape)
                .containsExactly(List.of("?", "2"));
    }

    @Test
    void mlflowsOwnDescriptionGoesFirst() throws Exception {
        put("pickle/sklearn-protocol5.pkl");
        write("MLmodel", """
                flavors:
                  python_function:
                    loader_module: mlflow.sklearn
                    python_version: 3.11.7
                  sklearn:
                    pickled_model: sklearn-protocol5.pkl
                    sklearn_version: 1.5.2
                mlflow_version: 2.19.0
                signature:
                  inputs: '[{"type": "double", "name": "wind", "required": true}]'
                  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "str", "shape": [-1]}}]'
                """);
        write("requirements.txt", "scikit-learn==1.5.2\n");

        RecognisedModel mlflow = recognised();
        assertThat(mlflow.kind()).isEqualTo(ModelKind.MLFLOW);
        assertThat(mlflow.versions())
                .containsEntry("mlflow", "2.19.0")
                .containsEntry("python", "3.11.7")
                .containsEntry("flavor sklearn", "1.5.2");
        assertThat(mlflow.signature().inputs()).containsExactly(Signature.Field.column("wind", Optional.of("double")));
        assertThat(mlflow.signature().outputs())
                .containsExactly(new Signature.Field("", Optional.of("str"), List.of("?")));
        assertThat(mlflow.dependencies()).extracting(Dependency::name).containsExactly("scikit-learn");
    }

    @ParameterizedTest
    @CsvSource({
        "models/model.onnx",
        "models/tiny.gguf",
        "models/model.safetensors",
        "models/xgboost.ubj",
        "models/xgboost.json",
        "models/model.pmml",
        "models/model.keras",
        "models/saved/saved_model.pb"
    })
    void aBrokenFileGetsASentence(String resource) throws Exception {
        Path file = put(resource);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length * 2 / 5));

        List<String> notes = recognised().notes();
        assertThat(notes).hasSize(1);
        assertThat(notes.get(0))
                .startsWith(project.relativize(file) + " cannot be read as")
                .doesNotContain("\n");
    }

    @Test
    void everyCutOfEveryFileIsUnderstoodOrSaid() throws Exception {
        for (String resource : List.of(
                "models/model.onnx",
                "models/tiny.gguf",
                "models/xgboost.ubj",
                "models/xgboost.model",
                "models/saved/saved_model.pb",
                "models/lightgbm.txt")) {
            Path file = put(resource);
            byte[] content = Files.readAllBytes(file);
            for (int length = 0; length < content.length; length += 1 + content.length / 97) {
                Files.write(file, java.util.Arrays.copyOf(content, length));
                assertThat(recognised().kind()).isNotNull();
            }
            Files.delete(file);
        }
    }

    @Test
    void anythingElseIsUnknownWithoutComplaint() throws Exception {
        write("weights.bin", "0123456789");
        write("classes.json", "[\"sun\"]");
        write("config.json", "{\"version\": 3}");

        RecognisedModel unknown = recognised();
        assertThat(unknown.kind()).isEqualTo(ModelKind.UNKNOWN);
        assertThat(unknown.file()).isEmpty();
        assertThat(unknown.notes()).isEmpty();
    }

    private RecognisedModel recognised() throws IOException {
        PickleFiles pickles = new PickleFiles(List.of());
        List<Path> files = Digests.filesBelow(model);
        for (Path file : files) {
            pickles.look(project.relativize(file).toString(), file);
        }
        return ModelRecognition.recognise(project, model, files, pickles.facts());
    }

    private Path put(String resource) throws Exception {
        Path source = Path.of(ModelRecognitionTest.class
                .getResource("/io/mlcicd/packaging/" + resource)
                .toURI());
        return Files.copy(source, model.resolve(source.getFileName().toString()));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(model.resolve(name), content, StandardCharsets.UTF_8);
    }
}
