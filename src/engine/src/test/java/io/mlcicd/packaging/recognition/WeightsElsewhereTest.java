package io.mlcicd.packaging.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX models with weights outside, written field by field by the numbers of onnx.proto; Keras 3 models with the {@code
 * config.json} that {@code keras.saving} documents; HDF5 files by their signature.
 */
class WeightsElsewhereTest {

    private static final int MODEL_IR = 1;
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;

    @TempDir
    private Path temp;

    private Path project;
    private Path model;

    @BeforeEach
    void open() throws IOException {
        project = temp.toRealPath();
        model = Files.createDirectories(project.resolve("build/model"));
    }

    /** A message of Protocol Buffers. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, int value) {
            out.write(field << 3);
            out.write(value);
            return this;
        }

        Message part(int field, byte[] content) {
            out.write((field << 3) | 2);
            for (int size = content.length; ; size >>>= 7) {
                out.write(size < 0x80 ? size : (size & 0x7f) | 0x80);
                if (size < 0x80) {
                    break;
                }
            }
            out.writeBytes(content);
            return this;
        }

        Message text(int field, String text) {
            return part(field, text.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private static byte[] tensor(String location, String offset, String length) {
        return new Message()
                .text(8, "w")
                .part(13, new Message().text(1, "location").text(2, location).bytes())
                .part(13, new Message().text(1, "offset").text(2, offset).bytes())
                .part(13, new Message().text(1, "length").text(2, length).bytes())
                .number(14, 1)
                .bytes();
    }

    private static byte[] onnx(byte[] graph) {
        return new Message().number(MODEL_IR, 8).part(MODEL_GRAPH, graph).bytes();
    }

    private RecognisedModel recognised() throws IOException {
        List<Path> files;
        try (var found = Files.walk(model)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        return ModelRecognition.recognise(project, model, files, List.of());
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(model.resolve(name).getParent());
        Files.write(model.resolve(name), content);
    }

    @Test
    void weightsOutsideAreFoundWhereverATensorMayStand() throws Exception {
        byte[] attribute = new Message()
                .part(ATTRIBUTE_TENSOR, tensor("more/constants.bin", "0", "4"))
                .part(
                        ATTRIBUTE_GRAPH,
                        new Message()
                                .part(GRAPH_INITIALIZER, tensor("branch.bin", "4", "4"))
                                .bytes())
                .bytes();
        write(
                "model.onnx",
                onnx(new Message()
                        .part(GRAPH_INITIALIZER, tensor("weights.bin", "0", "16"))
                        .part(GRAPH_INITIALIZER, tensor("weights.bin", "4096", "8"))
                        .part(GRAPH_INITIALIZER, new Message().text(8, "inside").bytes())
                        .part(
                                GRAPH_NODE,
                                new Message().part(NODE_ATTRIBUTE, attribute).bytes())
                        .bytes()));
        write("weights.bin", new byte[4104]);
        write("more/constants.bin", new byte[4]);
        write("branch.bin", new byte[8]);

        RecognisedModel onnx = recognised();

        assertThat(onnx.kind()).isEqualTo(ModelKind.ONNX);
        assertThat(onnx.external())
                .containsExactly("build/model/branch.bin", "build/model/more/constants.bin", "build/model/weights.bin");
        assertThat(onnx.notes()).isEmpty();
    }

    @Test
    void weightsThatAreMissingCutOffOrOutsideTheModelAreRefused() throws Exception {
        write(
                "model.onnx",
                onnx(new Message()
                        .part(GRAPH_INITIALIZER, tensor("weights.bin", "4096", "8"))
                        .bytes()));
        assertThatThrownBy(this::recognised)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "model: build/model/model.onnx keeps weights in 'weights.bin', which is not among the model's"
                                + " files; name the folder with both as the model");

        write("weights.bin", new byte[4103]);
        assertThatThrownBy(this::recognised)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "model: build/model/weights.bin has 4103 bytes, but build/model/model.onnx keeps weights in it"
                                + " up to byte 4104; one of the two is not whole");

        write(
                "model.onnx",
                onnx(new Message()
                        .part(GRAPH_INITIALIZER, tensor("../../../etc/passwd", "0", "1"))
                        .bytes()));
        assertThatThrownBy(this::recognised)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'../../../etc/passwd', which is not among the model's files");
    }

    @Test
    void aTensorThatTellsNonsenseGetsASentence() throws Exception {
        write(
                "model.onnx",
                onnx(new Message()
                        .part(GRAPH_INITIALIZER, tensor("weights.bin", "-1", "8"))
                        .bytes()));

        assertThat(recognised().notes())
                .containsExactly(
                        "build/model/model.onnx cannot be read as what it seems to be: '-1' is no offset of a tensor");
    }

    private void keras(String config) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("metadata.json"));
            zip.write("{\"keras_version\": \"3.5.0\"}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config.getBytes(StandardCharsets.UTF_8));
        }
        write("model.keras", out.toByteArray());
    }

    @Test
    void aKerasGraphTellsInputsAndOutputsInTheirOrder() throws Exception {
        keras("""
                {"module": "keras.src.models.functional", "class_name": "Functional", "config": {"name": "f", "layers": [
                  {"class_name": "InputLayer", "name": "wind", "config": {"batch_shape": [null, 4], "dtype": "float32", "name": "wind"}},
                  {"class_name": "InputLayer", "name": "city", "config": {"batch_shape": [null, 1], "dtype": "int64", "name": "city"}},
                  {"class_name": "Dense", "name": "level", "build_config": {"input_shape": [null, 8]}, "config": {"name": "level",
                     "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}, "units": 3}},
                  {"class_name": "Softmax", "name": "share", "config": {"name": "share", "dtype": "float16"}}],
                 "input_layers": [["city", 0, 0], ["wind", 0, 0]], "output_layers": {"a": ["share", 0, 0], "b": ["level", 0, 0]}}}
                """);

        Signature signature = recognised().signature();

        assertThat(signature.inputs())
                .containsExactly(
                        new Signature.Field("city", Optional.of("int64"), List.of("?", "1")),
                        new Signature.Field("wind", Optional.of("float32"), List.of("?", "4")));
        assertThat(signature.outputs())
                .containsExactly(
                        new Signature.Field("share", Optional.of("float16"), List.of()),
                        new Signature.Field("level", Optional.of("float32"), List.of("?", "3")));
    }

    @Test
    void aKerasSequenceEndsInItsLastLayer() throws Exception {
        keras("""
                {"class_name": "Sequential", "config": {"name": "s", "layers": [
                  {"class_name": "InputLayer", "config": {"batch_shape": [null, 28, 28], "dtype": "float32", "name": "input"}},
                  {"class_name": "Dense", "config": {"name": "dense", "units": 10, "dtype": "float32"},
                   "build_config": {"input_shape": [null, 784]}}]},
                 "build_config": {"input_shape": [null, 28, 28]}}
                """);

        Signature signature = recognised().signature();

        assertThat(signature.inputs()).extracting(Signature.Field::shape).containsExactly(List.of("?", "28", "28"));
        assertThat(signature.outputs())
                .containsExactly(new Signature.Field("dense", Optional.of("float32"), List.of("?", "10")));
    }

    @Test
    void anHdf5FileIsKerasWhenItSaysSo() throws Exception {
        byte[] signature = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0};
        write("weights.h5", signature);
        assertThat(recognised().kind()).isEqualTo(ModelKind.HDF5);

        ByteArrayOutputStream keras = new ByteArrayOutputStream();
        keras.writeBytes(signature);
        keras.writeBytes("....keras_version....2.15.0....backend....tensorflow".getBytes(StandardCharsets.US_ASCII));
        write("weights.h5", keras.toByteArray());
        assertThat(recognised().kind()).isEqualTo(ModelKind.KERAS);
        assertThat(recognised().versions()).containsEntry("format", "HDF5");
    }
}
