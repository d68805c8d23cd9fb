package io.mlcicd.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against servers that answer as the published protocols say: inference_rest.md of kserve/open-inference-protocol
 * (sections "Server Ready", "Model Metadata", "Inference", with the requests and responses of its examples); MLflow's
 * "Local inference server specification"; api_rest.md of TensorFlow Serving (sections "Model status API", "Model
 * Metadata API", "Predict API").
 */
class ServeCheckTest {

    private static final String CSV = "temp_max,wind,city\n20.5,3,Seattle\n7,1,\"Port \"\"A\"\", Wash.\"\n";

    @TempDir
    private Path temp;

    private ModelServer server;
    private Path model;
    private int requests = 2;
    private Optional<Path> smoke = Optional.empty();
    private Optional<Expectation> expect = Optional.empty();
    private Duration timeout = Duration.ofSeconds(5);

    @BeforeEach
    void open() throws IOException {
        server = new ModelServer();
        model = Files.createDirectories(temp.resolve("model"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Optional<Path> example(String name, String content) throws IOException {
        return Optional.of(Files.writeString(temp.resolve(name), content));
    }

    private ServeReport check(ServingProtocol protocol, Optional<Path> example) throws InterruptedException {
        ServingContract contract =
                new ServingContract(protocol, 8080, "weather", "/up", example, smoke, expect, timeout, requests);
        return ServeCheck.prepare(contract, model, Progress.NONE).run(server.address(), server);
    }

    private void openInference(String metadataInputs, String outputs) {
        server.on("GET /v2/health/ready", 200, "")
                .on("GET /v2/models/weather", 200, """
                        {"name":"weather","versions":["1"],"platform":"sklearn","inputs":%s,
                         "outputs":[{"name":"predict","datatype":"FP64","shape":[-1]}]}""".formatted(metadataInputs))
                .on("POST /v2/models/weather/infer", 200, """
                        {"id":"42","model_name":"weather","model_version":"1","outputs":%s}""".formatted(outputs));
    }

    private static JsonNode json(String text) throws IOException {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void openInferenceAsksOneInputPerColumn() throws Exception {
        openInference("[]", "[{'name':'predict','shape':[2],'datatype':'FP64','data':[0.2,0.7]}]".replace('\'', '"'));

        ServeReport report = check(ServingProtocol.V2, example("rows.csv", CSV));

        assertThat(report.failure()).isEmpty();
        assertThat(report.answers()).hasSize(2).allMatch(ServeReport.ServeAnswer::passed);
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'inputs':[
                 {'name':'temp_max','shape':[2,1],'datatype':'FP64','data':[20.5,7]},
                 {'name':'wind','shape':[2,1],'datatype':'INT64','data':[3,1]},
                 {'name':'city','shape':[2,1],'datatype':'BYTES','data':['Seattle','Port \\"A\\", Wash.']}]}"""));
        assertThat(report.metrics())
                .containsEntry("serve.ready", 1.0)
                .containsEntry("serve.answers", 1.0)
                .containsEntry("serve.requests", 2.0)
                .containsEntry("serve.failed", 0.0)
                .containsKeys("serve.latency.p50", "serve.latency.p95", "serve.ready.seconds");
        assertThat(report.gates())
                .extracting(gate -> gate.gate().metric(), gate -> gate.outcome())
                .containsExactly(tuple("serve.ready", Outcome.PASSED), tuple("serve.answers", Outcome.PASSED));
    }

    @Test
    void openInferencePacksColumnsIntoTheOneInputOfAModelThatTakesRows() throws Exception {
        openInference(
                "[{\"name\":\"float_input\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]",
                "[{\"name\":\"predict\",\"shape\":[2,1],\"datatype\":\"FP32\",\"data\":[0.2,0.7]}]");

        ServeReport report = check(ServingProtocol.V2, example("rows.csv", "a,b\n1.5,2.5\n3,4\n"));

        assertThat(report.failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'inputs':[{'name':'float_input','shape':[2,2],'datatype':'FP32','data':[1.5,2.5,3,4]}]}"""));
    }

    @Test
    void openInferenceTakesItsInputsFromTheServerWithoutAnExample() throws Exception {
        openInference(
                "[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]},{\"name\":\"s\",\"datatype\":\"BYTES\",\"shape\":[1]}]",
                "[{\"name\":\"predict\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[1]}]");

        ServeReport report = check(ServingProtocol.V2, Optional.empty());

        assertThat(report.failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'inputs':[{'name':'x','shape':[1,3],'datatype':'FP32','data':[0.0,0.0,0.0]},
                           {'name':'s','shape':[1],'datatype':'BYTES','data':['text']}]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|it has no list 'outputs'",
                "[{\"name\":\"p\",\"shape\":[2],\"datatype\":\"FP64\"}]|the output 'p' has no list 'data'",
                "[{\"name\":\"p\",\"shape\":[2],\"data\":[1,2]}]|an output lacks one of 'name', 'datatype' and 'shape'",
                "[{\"name\":\"p\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]|the output 'p' has 1 rows for 2 asked",
                "[{\"name\":\"p\",\"shape\":[2,2],\"datatype\":\"FP64\",\"data\":[1,2]}]|says it has the shape [2, 2], but has 2",
                "[{\"name\":\"p\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,null]}]|the output 'p' has a null",
                "[{\"name\":\"p\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,\"NaN\"]}]|has \"NaN\" where a number must be",
                "[{\"name\":\"p\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,1e999]}]|has a number beyond all bounds",
                "[{\"name\":\"p\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,NaN]}]|the answer is no valid JSON",
            })
    void openInferenceRefusesAnswersOfTheWrongShape(String outputs, String message) throws Exception {
        openInference("[]", outputs);
        requests = 1;

        ServeReport report = check(ServingProtocol.V2, example("rows.csv", CSV));

        assertThat(report.passed()).isFalse();
        assertThat(report.failure().orElseThrow())
                .startsWith("1 of 1 requests failed, the first: 'POST /v2/models/weather/infer': ")
                .contains(message)
                .contains("model_version");
        assertThat(report.gates().get(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.gates().get(1).message()).endsWith("; its log ends: first line | last line");
    }

    @Test
    void aServerWhoseModelIsNotLoadedIsNotReady() throws Exception {
        server.on("GET /v2/health/ready", 200, "")
                .on("GET /v2/models/weather", 400, "{\"error\":\"model 'weather' is loading\"}");
        timeout = Duration.ofMillis(400);

        ServeReport report = check(ServingProtocol.V2, example("rows.csv", CSV));

        assertThat(report.ready()).isFalse();
        assertThat(report.failure())
                .contains("the service was not ready after 0.4 s: GET /v2/models/weather answered 400:"
                        + " {\"error\":\"model 'weather' is loading\"}");
        assertThat(report.metrics()).containsEntry("serve.ready", 0.0).doesNotContainKey("serve.latency.p50");
        assertThat(report.gates()).hasSize(1);
    }

    @Test
    void aProgramThatEndsIsNotWaitedFor() throws Exception {
        server.ended = Optional.of("ended with exit code 3");
        timeout = Duration.ofMinutes(5);

        ServeReport report = check(ServingProtocol.V2, example("rows.csv", CSV));

        assertThat(report.failure()).contains("the service ended with exit code 3 before it was ready");
        assertThat(report.readySeconds()).isLessThan(10);
    }

    @Test
    void mlflowIsAskedWithADataFrame() throws Exception {
        server.on("GET /ping", 200, "\n").on("POST /invocations", 200, "{\"predictions\": [\"sun\", \"rain\"]}");

        ServeReport report = check(ServingProtocol.MLFLOW, example("rows.csv", CSV));

        assertThat(report.failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'dataframe_split':{'columns':['temp_max','wind','city'],
                 'data':[[20.5,3,'Seattle'],[7,1,'Port \\"A\\", Wash.']]}}"""));
    }

    @Test
    void mlflowIsAskedWithTheExampleThatTheModelBrings() throws Exception {
        Files.writeString(model.resolve("MLmodel"), """
                flavors: {}
                saved_input_example_info:
                  artifact_path: input_example.json
                  pandas_orient: split
                  type: dataframe
                """);
        Files.writeString(model.resolve("input_example.json"), "{\"columns\":[\"a\",\"b\"],\"data\":[[1,\"x\"]]}");
        server.on("GET /ping", 200, "").on("POST /invocations", 200, "{\"predictions\":[0.5]}");

        assertThat(check(ServingProtocol.MLFLOW, Optional.empty()).failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("{'dataframe_split':{'columns':['a','b'],'data':[[1,'x']]}}"));
    }

    @Test
    void mlflowIsAskedWithValuesForItsSignatureWithoutAnExample() throws Exception {
        Files.writeString(model.resolve("MLmodel"), """
                signature:
                  inputs: '[{"type": "double", "name": "wind", "required": true}, {"type": "long", "name": "n"},
                    {"type": "string", "name": "city"}, {"type": "boolean", "name": "wet"}]'
                  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]'
                """);
        server.on("GET /ping", 200, "").on("POST /invocations", 200, "{\"predictions\":[0.5]}");

        assertThat(check(ServingProtocol.MLFLOW, Optional.empty()).failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'dataframe_split':{'columns':['wind','n','city','wet'],'data':[[0.0,0,'text',false]]}}"""));
    }

    @Test
    void mlflowTensorsAreSentAsInputs() throws Exception {
        Files.writeString(model.resolve("MLmodel"), """
                signature:
                  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2, 2]}}]'
                """);
        server.on("GET /ping", 200, "").on("POST /invocations", 200, "{\"predictions\":[[0.5,0.5]]}");

        assertThat(check(ServingProtocol.MLFLOW, Optional.empty()).failure()).isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("{'inputs':[[[0.0,0.0],[0.0,0.0]]]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[0.1]|it has no list 'predictions'",
                "{\"predictions\":[0.1]}|'predictions' has 1 rows for 2 asked",
                "{\"predictions\":[0.1,null]}|'predictions' has a null",
                "{\"predictions\":{\"a\":[1,2],\"b\":[1]}}|'predictions' has 1 rows for 2 asked",
                "<html>|the answer is no valid JSON",
            })
    void mlflowAnswersOfTheWrongShapeAreRefused(String answer, String message) throws Exception {
        server.on("GET /ping", 200, "").on("POST /invocations", 200, answer);

        ServeReport report = check(ServingProtocol.MLFLOW, example("rows.csv", CSV));

        assertThat(report.failure().orElseThrow()).contains(message).endsWith("; it is " + answer);
    }

    @Test
    void mlflowWithoutAnythingToAskIsBadInput() {
        assertThatThrownBy(() -> check(ServingProtocol.MLFLOW, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("package.serve.example: there is no example to ask the model about");
    }

    private void tensorFlow(String state) {
        server.on("GET /v1/models/weather", 200, """
                {"model_version_status":[{"version":"1","state":"%s",
                 "status":{"error_code":"OK","error_message":""}}]}""".formatted(state));
    }

    @Test
    void tensorFlowIsAskedInRows() throws Exception {
        tensorFlow("AVAILABLE");
        server.on("POST /v1/models/weather:predict", 200, "{\"predictions\":[[0.1],[0.9]]}");

        assertThat(check(ServingProtocol.TENSORFLOW, example("rows.csv", CSV)).failure())
                .isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("""
                {'instances':[{'temp_max':20.5,'wind':3,'city':'Seattle'},
                              {'temp_max':7,'wind':1,'city':'Port \\"A\\", Wash.'}]}"""));
    }

    @Test
    void tensorFlowTakesItsInputsFromTheServerWithoutAnExample() throws Exception {
        tensorFlow("AVAILABLE");
        server.on("GET /v1/models/weather/metadata", 200, """
                        {"model_spec":{"name":"weather"},"metadata":{"signature_def":{"signature_def":{
                         "serving_default":{"inputs":{"x":{"dtype":"DT_FLOAT","tensor_shape":{
                          "dim":[{"size":"-1","name":""},{"size":"2","name":""}],"unknown_rank":false},"name":"x:0"}},
                          "method_name":"tensorflow/serving/predict"}}}}}""")
                .on("POST /v1/models/weather:predict", 200, "{\"predictions\":[[0.1]]}");

        assertThat(check(ServingProtocol.TENSORFLOW, Optional.empty()).failure())
                .isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("{'instances':[[0.0,0.0]]}"));
    }

    @Test
    void tensorFlowAnswersSeveralInputsInColumns() throws Exception {
        tensorFlow("AVAILABLE");
        server.on("POST /v1/models/weather:predict", 200, "{\"outputs\":{\"p\":[1,2],\"q\":[3,4]}}");

        assertThat(check(ServingProtocol.TENSORFLOW, example("e.json", "{\"a\":[[1],[2]],\"b\":[3,4]}"))
                        .failure())
                .isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json("{'inputs':{'a':[[1],[2]],'b':[3,4]}}"));
    }

    @Test
    void tensorFlowThatStillLoadsIsNotReady() throws Exception {
        tensorFlow("LOADING");
        timeout = Duration.ofMillis(300);

        assertThat(check(ServingProtocol.TENSORFLOW, example("rows.csv", CSV))
                        .failure()
                        .orElseThrow())
                .contains("tells of no version that is AVAILABLE")
                .contains("LOADING");
    }

    @Test
    void aReadyRequestIsSentAsItIs() throws Exception {
        server.on("GET /ping", 200, "").on("POST /invocations", 200, "{\"predictions\":[1,2,3]}");
        String request = "{\"instances\":[[1],[2],[3]],\"params\":{\"k\":1}}";

        assertThat(check(ServingProtocol.MLFLOW, example("e.json", request)).failure())
                .isEmpty();
        assertThat(server.bodies.get(0)).isEqualTo(json(request));
    }

    @Test
    void errorsAreQuotedShortened() throws Exception {
        server.on("GET /ping", 200, "")
                .on("POST /invocations", 500, "{\"error_code\":\"BAD\"," + " ".repeat(9) + "x".repeat(500));

        String failure = check(ServingProtocol.MLFLOW, example("rows.csv", CSV))
                .failure()
                .orElseThrow();

        assertThat(failure)
                .startsWith("2 of 2 requests failed, the first: 'POST /invocations': expected status 2xx, got 500:"
                        + " {\"error_code\":\"BAD\", xxx")
                .endsWith("...");
        assertThat(failure.length()).isLessThan(330);
    }

    @Test
    void whatIsExpectedMustBeInEveryAnswer() throws Exception {
        server.on("GET /ping", 200, "").on("POST /invocations", 200, "{\"predictions\":[\"sun\",\"rain\"]}");
        expect = Optional.of(new Expectation(
                OptionalInt.empty(),
                Optional.of(json("{'predictions':['sun','snow']}")),
                Optional.empty(),
                OptionalDouble.empty()));

        assertThat(check(ServingProtocol.MLFLOW, example("rows.csv", CSV))
                        .failure()
                        .orElseThrow())
                .endsWith("expected predictions.1 to be \"snow\", got \"rain\"");
    }

    @Test
    void anAnswerThatNeverComesIsGivenUpAndNotAskedForAgain() throws Exception {
        server.on("GET /ping", 200, "").on("POST /invocations", body -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        timeout = Duration.ofMillis(500);
        requests = 50;

        ServeReport report = check(ServingProtocol.MLFLOW, example("rows.csv", CSV));

        assertThat(report.answers()).hasSize(1);
        assertThat(report.failure().orElseThrow()).endsWith("no answer: none within 0.5 s");
    }

    @Test
    void aServiceOfItsOwnIsAskedBySmokeRequests() throws Exception {
        server.on("GET /up", 200, "ok").on("POST /predict", 200, "{\"weather\":\"sun\"}");
        smoke = example("smoke.yml", """
                requests:
                  - { name: sun, method: POST, path: /predict, body: { t: 30 }, expect: { json: { weather: sun } } }
                  - { name: nowhere, path: /nowhere }
                """);

        ServeReport report = check(ServingProtocol.OWN, Optional.empty());

        assertThat(report.answers()).extracting(ServeReport.ServeAnswer::passed).containsExactly(true, false);
        assertThat(report.failure().orElseThrow())
                .startsWith("1 of 2 requests failed, the first: 'nowhere': expected status 2xx, got 404");
        assertThat(report.metrics()).containsEntry("serve.answers", 0.5).containsEntry("serve.failed", 1.0);
    }

    @Test
    void aServiceOfItsOwnNeedsSmokeRequests() {
        assertThatThrownBy(() -> check(ServingProtocol.OWN, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("package.serve.smoke: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "e.csv|a,b|an example needs a header and at least one row",
                "e.csv|a,b\\n1|row 1 has 1 values, but the header has 2",
                "e.json|[[1,2],[3]]|so they are no tensor",
                "e.json|{\"columns\":[\"a\"],\"data\":[[1,2]]}|a row of 'data' has 2 values, but there are 1 'columns'",
                "e.json|7|this is no example input",
                "e.json|{|not valid JSON",
            })
    void aBadExampleIsToldByName(String name, String content, String message) throws Exception {
        Optional<Path> example = example(name, content.replace("\\n", "\n"));

        assertThatThrownBy(() -> check(ServingProtocol.V2, example))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(example.get().toString())
                .hasMessageContaining(message);
    }

    @Test
    void portsAndCountsHaveBounds() {
        assertThatThrownBy(() -> ServingContract.of(ServingProtocol.V2, "m", OptionalInt.of(70_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("package.serve.port: 70000 is no port; take one from 1 to 65535");
        assertThat(List.of(ServingProtocol.values()))
                .extracting(ServingProtocol::key)
                .containsExactly("v2", "mlflow", "tensorflow", "own");
    }
}
