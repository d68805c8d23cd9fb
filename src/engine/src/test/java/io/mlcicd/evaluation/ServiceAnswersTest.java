package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges a real server, which answers as well or badly as its path says. */
class ServiceAnswersTest {

    private static final String CASES = """
            id,temp,name,wet,y
            a,1.5,"say ""hi"" \\",true,0
            b,30,,false,1
            c,-4.25,ø,true,1
            """;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> secrets = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
    private HttpServer server;

    /** What a path answers. */
    private interface Answer {
        void to(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        on(
                "/warm",
                (exchange, body) -> send(
                        exchange,
                        200,
                        "{\"prediction\": %d, \"p\": {\"1\": %s}}"
                                .formatted(
                                        body.path("temp").asDouble() > 0 ? 1 : 0,
                                        body.path("temp").asDouble() / 100 + 0.5)));
        on("/bare", (exchange, body) -> send(exchange, 200, "1"));
        on(
                "/list",
                (exchange, body) ->
                        send(exchange, 200, "{\"predictions\": [[0.25, %s]]}".formatted(body.at("/rows/0/0"))));
        on("/broken", (exchange, body) -> send(exchange, 200, "{\"prediction\": "));
        on("/nan", (exchange, body) -> send(exchange, 200, "{\"prediction\": NaN}"));
        on(
                "/other",
                (exchange, body) ->
                        send(exchange, 200, "{\"result\": 1, \"none\": null, \"text\": \"x\", \"all\": [1]}"));
        on("/500", (exchange, body) -> send(exchange, 500, "secret of the server"));
        on("/moved", (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", "/bare");
            send(exchange, 302, "");
        });
        on("/hang", (exchange, body) -> hanging.await(30, TimeUnit.SECONDS));
        on("/half", (exchange, body) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hanging.await(30, TimeUnit.SECONDS);
        });
        on("/moody", (exchange, body) -> {
            double number = body.path("n").asDouble();
            Thread.sleep((long) (number * 7919 % 20));
            send(exchange, number % 5 == 3 ? 503 : 200, "{\"prediction\": " + number * 2 + "}");
        });
        server.start();
    }

    private void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                bodies.add(body);
                secrets.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                answer.to(exchange, Json.mapper().readTree(body));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
    }

    @AfterEach
    void stopServer() {
        hanging.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private EndpointSpec endpoint(String path) throws IOException {
        return endpoint(path, CASES, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    private EndpointSpec endpoint(
            String path,
            String cases,
            Optional<String> body,
            Optional<String> answer,
            Optional<String> score,
            Map<String, String> scores)
            throws IOException {
        Path file = folder.resolve("cases.csv");
        Files.writeString(file, cases);
        return new EndpointSpec(
                url(path),
                DataSource.of("cases", file),
                body,
                answer,
                score,
                scores,
                Map.of("Authorization", "Bearer s3cr3t"),
                4,
                Duration.ofSeconds(5),
                10_000);
    }

    private static EndpointSpec patient(EndpointSpec of, Duration timeout, int concurrency, int most) {
        return new EndpointSpec(
                of.url(),
                of.cases(),
                of.body(),
                of.answer(),
                of.scoreAnswer(),
                of.scoresAnswer(),
                of.headers(),
                concurrency,
                timeout,
                most);
    }

    private ServiceAnswers collect(EndpointSpec endpoint, Task task) throws InterruptedException {
        return ServiceAnswers.collect(endpoint, task, Roles.NONE.withLabel("y"), folder, draft, Progress.NONE);
    }

    private static List<JsonNode> rows(ServiceAnswers answers) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(((FileSource) answers.data()).location()))) {
            rows.add(Json.mapper().readTree(line));
        }
        return rows;
    }

    private double metric(String name) {
        return draft.metrics().get(name).value();
    }

    private List<String> notes() {
        return draft.finish(Optional.empty(), 0, Optional.empty()).notes();
    }

    @Test
    void allColumnsWithoutARoleArePostedAndTheAnswerStandsBesideThem() throws Exception {
        ServiceAnswers answers = collect(endpoint("/warm"), Task.BINARY);
        assertThat(bodies)
                .containsExactlyInAnyOrder(
                        "{\"id\":\"a\",\"temp\":1.5,\"name\":\"say \\\"hi\\\" \\\\\",\"wet\":true}",
                        "{\"id\":\"b\",\"temp\":30.0,\"name\":null,\"wet\":false}",
                        "{\"id\":\"c\",\"temp\":-4.25,\"name\":\"ø\",\"wet\":true}");
        assertThat(secrets).containsOnly("Bearer s3cr3t");
        assertThat(answers.roles().label()).contains("y");
        assertThat(answers.roles().prediction()).contains("answer_prediction");
        assertThat(answers.data().shown()).isEqualTo("the answers of " + url("/warm"));
        List<JsonNode> rows = rows(answers);
        assertThat(rows).extracting(row -> row.path("id").asText()).containsExactly("a", "b", "c");
        assertThat(rows)
                .extracting(row -> row.path("answer_prediction").asInt())
                .containsExactly(1, 1, 0);
        assertThat(rows).extracting(row -> row.path("y").asInt()).containsExactly(0, 1, 1);
        assertThat(metric("requests.count")).isEqualTo(3);
        assertThat(metric("errors.share")).isZero();
        assertThat(metric("requests.perSecond")).isPositive();
        assertThat(metric("latency.p50")).isPositive().isLessThanOrEqualTo(metric("latency.p99"));
        assertThat(metric("latency.p99")).isEqualTo(metric("latency.max"));
        assertThat(metric("latency.mean")).isBetween(0.0, metric("latency.max"));
        assertThat(draft.metrics()).containsKeys("latency.p90", "latency.p95");
        assertThat(notes()).isEmpty();
    }

    @Test
    void rolesAreNotPosted() throws Exception {
        Roles roles = new Roles(
                Optional.of("y"),
                Optional.of("wet"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of("temp"),
                Optional.of("id"),
                OptionalInt.empty());
        ServiceAnswers.collect(endpoint("/bare"), Task.BINARY, roles, folder, draft, Progress.NONE);
        assertThat(bodies).contains("{\"name\":\"ø\"}").allMatch(body -> !body.contains("temp"));
    }

    @Test
    void aTemplateTakesValuesAsJson() throws Exception {
        ServiceAnswers answers = collect(
                endpoint(
                        "/list",
                        CASES,
                        Optional.of("{\"rows\": [[${temp}, ${name}, ${wet}]], \"truth\": ${y}}"),
                        Optional.empty(),
                        Optional.of("/predictions/0/1"),
                        Map.of()),
                Task.BINARY);
        assertThat(bodies)
                .containsExactlyInAnyOrder(
                        "{\"rows\": [[1.5, \"say \\\"hi\\\" \\\\\", true]], \"truth\": 0}",
                        "{\"rows\": [[30.0, null, false]], \"truth\": 1}",
                        "{\"rows\": [[-4.25, \"ø\", true]], \"truth\": 1}");
        assertThat(answers.roles().prediction()).isEmpty();
        assertThat(answers.roles().score()).contains("answer_score");
        assertThat(rows(answers))
                .extracting(row -> row.path("answer_score").asDouble())
                .containsExactly(1.5, 30.0, -4.25);
    }

    @Test
    void predictionAndScoreAreBothReadWhenBothAreNamed() throws Exception {
        ServiceAnswers answers = collect(
                endpoint("/warm", CASES, Optional.empty(), Optional.of("/prediction"), Optional.of("/p/1"), Map.of()),
                Task.BINARY);
        assertThat(rows(answers).get(1).path("answer_score").asDouble()).isCloseTo(0.8, within(1e-12));
        assertThat(answers.roles().prediction()).contains("answer_prediction");
        assertThat(answers.roles().score()).contains("answer_score");
    }

    @Test
    void aBareAnswerIsThePrediction() throws Exception {
        assertThat(rows(collect(endpoint("/bare"), Task.BINARY)))
                .extracting(row -> row.path("answer_prediction").asInt())
                .containsExactly(1, 1, 1);
    }

    @Test
    void scoresOfClassesAndLevelsBecomeColumns() throws Exception {
        Map<String, String> pointers = Map.of("0", "/prediction", "1", "/p/1");
        Roles classes = collect(
                        endpoint(
                                "/warm",
                                CASES,
                                Optional.empty(),
                                Optional.of("/prediction"),
                                Optional.empty(),
                                pointers),
                        Task.MULTICLASS)
                .roles();
        assertThat(classes.scores()).containsOnly(Map.entry("0", "answer_score_0"), Map.entry("1", "answer_score_1"));
        Roles levels = collect(
                        endpoint(
                                "/warm",
                                CASES,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of("0.9", "/p/1")),
                        Task.QUANTILE)
                .roles();
        assertThat(levels.quantiles()).containsOnly(Map.entry(0.9, "answer_score_0.9"));
        assertThat(levels.scores()).isEmpty();
    }

    @Test
    void namesThatAreTakenAreNotTakenAgain() throws Exception {
        String cases = "Answer_Prediction,answer_prediction_,case_number,y\n5,6,7,1\n";
        ServiceAnswers answers = collect(
                endpoint("/bare", cases, Optional.empty(), Optional.empty(), Optional.empty(), Map.of()), Task.BINARY);
        assertThat(answers.roles().prediction()).contains("answer_prediction__");
        assertThat(rows(answers).get(0).toString())
                .isEqualTo(
                        "{\"Answer_Prediction\":5,\"answer_prediction_\":6,\"case_number\":7,\"y\":1,\"answer_prediction__\":1}");
    }

    @Test
    void failuresAreCountedAndLeftOutAndTheOrderIsKept() throws Exception {
        StringBuilder cases = new StringBuilder("n,y\n");
        for (int n = 0; n < 500; n++) {
            cases.append(n).append(',').append(n % 2).append('\n');
        }
        EndpointSpec endpoint =
                endpoint("/moody", cases.toString(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        List<JsonNode> rows = rows(collect(patient(endpoint, Duration.ofSeconds(5), 8, 450), Task.REGRESSION));
        assertThat(rows)
                .hasSize(360)
                .isSortedAccordingTo((a, b) -> a.path("n").asInt() - b.path("n").asInt());
        assertThat(rows)
                .allMatch(row -> row.path("n").asInt() % 5 != 3)
                .allMatch(row -> row.path("answer_prediction").asDouble()
                        == 2 * row.path("n").asDouble());
        assertThat(mostUnderWay.get()).isBetween(2, 8);
        assertThat(metric("requests.count")).isEqualTo(450);
        assertThat(metric("errors.share")).isEqualTo(0.2);
        Estimate share = draft.metrics().get("errors.share");
        // statsmodels 0.15.0, proportion_confint(90, 450, method="wilson")
        assertThat(share.uncertainty().orElseThrow().interval(0.95).lower())
                .isCloseTo(0.1656510991657232, within(1e-9));
        assertThat(notes())
                .containsExactly(
                        "the first 450 of 500 cases were sent to the service; 'most' says how many",
                        "90 of 450 requests to %s failed and are left out of all other metrics; the first failure: row 4: it answered with status 503"
                                .formatted(url("/moody")));
        assertThat(draft.metrics().get("latency.p95").uncertainty()).isPresent();
        assertThat(draft.metrics().get("latency.p99").uncertainty()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/500 | row 1: it answered with status 500",
                "/moved | row 1: it answered with status 302",
                "/broken | row 1: it answered something that is no JSON",
                "/nan | row 1: it answered something that is no JSON",
                "/other | row 1: it answered without a value at /prediction",
                "/hang | row 1: it gave no answer within 0.300 s",
                "/half | row 1: it gave no answer within 0.300 s"
            })
    void whenNoneIsAnsweredTheFirstReasonIsToldWithoutSecrets(String path, String reason) throws IOException {
        EndpointSpec endpoint = patient(endpoint(path), Duration.ofMillis(300), 4, 100);
        assertThatThrownBy(() -> collect(endpoint, Task.BINARY))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage("%s: none of 3 requests was answered; the first failure: %s".formatted(url(path), reason));
    }

    @ParameterizedTest
    @CsvSource({
        "/none, without a value at /none",
        "/text, something that is no finite number at /text",
        "/all, something that is no finite number at /all"
    })
    void anAnswerMustHaveANumberWhereOneIsNeeded(String pointer, String reason) throws IOException {
        EndpointSpec endpoint =
                endpoint("/other", CASES, Optional.empty(), Optional.of(pointer), Optional.empty(), Map.of());
        assertThatThrownBy(() -> collect(endpoint, Task.REGRESSION))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageEndingWith("row 1: it answered " + reason);
    }

    @Test
    void aServiceThatIsNotThereIsGivenUpOnSoon() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        EndpointSpec of = endpoint(
                "/none",
                "n,y\n" + "1,1\n".repeat(5000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        EndpointSpec nowhere = new EndpointSpec(
                "http://user:pass@127.0.0.1:%d/p?token=abc".formatted(port),
                of.cases(),
                of.body(),
                of.answer(),
                of.scoreAnswer(),
                of.scoresAnswer(),
                of.headers(),
                4,
                Duration.ofSeconds(5),
                10_000);
        assertThatThrownBy(() -> collect(nowhere, Task.BINARY))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage(
                        "http://127.0.0.1:%d/p: none of the first 50 requests was answered; the first failure: row 1: it cannot be reached"
                                .formatted(port));
        assertThat(nowhere.toString()).doesNotContain("abc", "pass", "s3cr3t");
    }

    @Test
    void anInterruptionEndsItAtOnce() throws Exception {
        EndpointSpec endpoint = patient(endpoint("/hang"), Duration.ofSeconds(60), 2, 100);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                collect(endpoint, Task.BINARY);
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (underWay.get() < 2) {
            Thread.sleep(5);
        }
        long asked = System.nanoTime();
        thread.interrupt();
        thread.join(10_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat((System.nanoTime() - asked) / 1e9).isLessThan(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": ${tmp}} | has no column 'tmp' (${tmp} in the body of requests) (did you mean 'temp'?)",
                "{\"a\": \"${temp}\"} | the body of requests is no JSON once values are filled in",
                "{\"a\": ${temp} | the body of requests is no JSON once values are filled in"
            })
    void aTemplateThatCannotBeFilledIsRefusedBeforeAnythingIsSent(String body, String message) throws IOException {
        EndpointSpec endpoint =
                endpoint("/bare", CASES, Optional.of(body), Optional.empty(), Optional.empty(), Map.of());
        assertThatThrownBy(() -> collect(endpoint, Task.BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MULTILABEL, needs 'scoresAnswer': where each label's score stands",
        "QUANTILE, needs 'scoresAnswer': where each level's quantile stands"
    })
    void whatTheTaskNeedsMustBeNamed(Task task, String message) throws IOException {
        EndpointSpec endpoint = endpoint("/bare");
        Roles roles = new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of("wet", new Roles.LabelColumns("wet", Optional.empty(), Optional.empty())),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        assertThatThrownBy(() -> ServiceAnswers.collect(endpoint, task, roles, folder, draft, Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeUsedIsRefusedBeforeAnythingIsSent() throws IOException {
        EndpointSpec good = endpoint("/bare");
        Roles elsewhere = Roles.NONE.withLabel("truth");
        assertThatThrownBy(() -> ServiceAnswers.collect(good, Task.BINARY, elsewhere, folder, draft, Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no column 'truth' (the label)");
        assertThatThrownBy(() -> collect(
                        endpoint(
                                "/bare",
                                CASES,
                                Optional.empty(),
                                Optional.of("prediction"),
                                Optional.empty(),
                                Map.of()),
                        Task.BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'prediction' is no JSON pointer");
        assertThatThrownBy(() -> collect(
                        endpoint("/bare", CASES, Optional.empty(), Optional.empty(), Optional.of("/p"), Map.of()),
                        Task.REGRESSION))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'scoreAnswer', which is for binary and ranking tasks");
        assertThatThrownBy(() -> collect(
                        endpoint("/bare", "y\n1\n", Optional.empty(), Optional.empty(), Optional.empty(), Map.of()),
                        Task.BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no column to send to the service");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"not a url", "ftp://host/x", "http:///x", "http://host:port/x?token=abc"})
    void anAddressThatCannotBePostedToIsRefusedWithoutItsSecrets(String url) throws IOException {
        EndpointSpec of = endpoint("/bare");
        EndpointSpec odd = new EndpointSpec(
                url,
                of.cases(),
                of.body(),
                of.answer(),
                of.scoreAnswer(),
                of.scoresAnswer(),
                Map.of(),
                1,
                Duration.ofSeconds(1),
                1);
        assertThatThrownBy(() -> new ServiceClient(odd))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no address that can be posted to")
                .hasMessageNotContaining("abc");
    }

    @Test
    void aHeaderThatCannotBeSentIsNamedWithoutItsValue() throws IOException {
        EndpointSpec of = endpoint("/bare");
        EndpointSpec odd = new EndpointSpec(
                of.url(),
                of.cases(),
                of.body(),
                of.answer(),
                of.scoreAnswer(),
                of.scoresAnswer(),
                Map.of("X-Key", "s3\ncr3t"),
                1,
                Duration.ofSeconds(1),
                1);
        assertThatThrownBy(() -> new ServiceClient(odd))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the header 'X-Key' cannot be sent")
                .hasMessageNotContaining("cr3t");
    }

    @Test
    void theAnswersAreJudgedLikeAFileOfPredictions() throws Exception {
        EndpointSpec endpoint = endpoint(
                "/list",
                "temp,season,y\n1.5,summer,1\n30,summer,31\n-4.25,winter,-4.25\n2,winter,4\n",
                Optional.of("{\"rows\": [[${temp}]]}"),
                Optional.of("/predictions/0/1"),
                Optional.empty(),
                Map.of());
        Result<EvaluationDetails> result = new EvaluateModel()
                .run(
                        EvaluationRequest.of(
                                        new Model("m", Optional.empty()),
                                        new EvaluationRequest.Judged.Service(Task.REGRESSION, endpoint),
                                        Roles.NONE.withLabel("y"))
                                .withSlices(1, "season")
                                .withGates(
                                        Gate.of("mae", Comparison.MAX, 0.875),
                                        Gate.of("errors.share", Comparison.MAX, 0),
                                        Gate.of("latency.p95", Comparison.MAX, 60_000)),
                        Progress.NONE);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.metrics()).containsEntry("mae", 0.875).containsEntry("rows", 4.0);
        assertThat(result.inputs()).extracting(Artifact::name).containsExactly("cases");
        assertThat(result.details().slices())
                .extracting(EvaluationDetails.SliceMetrics::value)
                .containsExactly("summer", "winter");
    }

    @Test
    void nestedValuesAndNaNAreWrittenAsJson() throws Exception {
        Path file = folder.resolve("lists.jsonl");
        Files.writeString(file, "{\"v\": [1.5, null, 2], \"when\": \"2015-07-05\", \"y\": 1}\n");
        EndpointSpec of = endpoint("/bare");
        EndpointSpec endpoint = new EndpointSpec(
                of.url(),
                DataSource.of("cases", file),
                of.body(),
                of.answer(),
                of.scoreAnswer(),
                of.scoresAnswer(),
                of.headers(),
                1,
                Duration.ofSeconds(5),
                10);
        List<JsonNode> rows = rows(collect(endpoint, Task.BINARY));
        ObjectNode sent = (ObjectNode) Json.mapper().readTree(bodies.get(0));
        assertThat(sent.toString()).isEqualTo("{\"v\":[1.5,null,2.0],\"when\":\"2015-07-05\"}");
        assertThat(rows).hasSize(1);
    }
}
