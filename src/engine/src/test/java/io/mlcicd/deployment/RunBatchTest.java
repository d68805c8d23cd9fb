package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.mlcicd.deployment.BatchRequest.OutputCheck;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs real scoring commands, written for the shell. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class RunBatchTest {

    private static final String FORMER = "date,score\n2024-01-01,0.1\n";
    private static final OutputCheck CHECK =
            new OutputCheck(OptionalLong.of(2), List.of("date", "score"), OptionalDouble.of(0.4));

    @TempDir
    Path project;

    private Path output;

    @BeforeEach
    void writeTheFormerOutput() throws IOException {
        output = project.resolve("build/scores.csv");
        Files.createDirectories(output.getParent());
        Files.writeString(output, FORMER);
        Files.writeString(project.resolve("build/model.txt"), "0.7");
    }

    @Test
    void aGoodOutputTakesTheFormerOnesPlace() throws Exception {
        Result<BatchDetails> result = run("printf 'date,score\\n2024-01-02,%s\\n2024-01-03,0.3\\n' $(cat $1) > $0");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Files.readString(output)).isEqualTo("date,score\n2024-01-02,0.7\n2024-01-03,0.3\n");
        assertThat(result.metrics())
                .containsEntry("batch.rows", 2.0)
                .containsEntry("batch.nullShare", 0.0)
                .containsEntry("batch.readable", 1.0)
                .containsKey("batch.seconds");
        assertThat(result.details().published()).isTrue();
        assertThat(result.lineage().deployment().orElseThrow().target()).isEqualTo("batch");
        assertThat(result.inputs())
                .singleElement()
                .satisfies(model -> assertThat(model.path()).isEqualTo("build/model.txt"));
        assertThatNothingIsLeftBehind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "printf 'date,score\\n2024-01-02,1\\n' > $0          | batch.rows is 1, must be at least 2",
                "printf 'date\\n2024-01-02\\n2024-01-03\\n' > $0     | the output has no column 'score'; it has: date",
                "printf 'date,score\\n1,\\n2,\\n3,5\\n' > $0         | batch.nullShare is 0.6667, must be at most 0.4000",
                "printf 'date,score\\n1,2\\n3,4,5,6\\n' > $0         | the output is no readable data",
                ": > $0                                              | the output is no readable data"
            })
    void anOutputThatIsNotAsItShouldBeIsNotPublished(String script, String reason) throws Exception {
        Result<BatchDetails> result = run(script);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.details().published()).isFalse();
        assertThat(result.details().reason().orElseThrow()).contains(reason);
        assertThat(result.gates()).extracting(GateResult::message).anyMatch(message -> message.contains(reason));
        assertThat(result.lineage().deployment()).isEmpty();
        assertThat(Files.readString(output)).isEqualTo(FORMER);
        assertThatNothingIsLeftBehind();
    }

    @Test
    void oneOfThreeMissingValuesIsBelowTheBound() throws Exception {
        Result<BatchDetails> result = run("printf 'date,score\\n1,\\n2,4\\n3,5\\n' > $0");

        assertThat(result.metrics().get("batch.nullShare"))
                .isEqualTo(1 / 3.0, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(result.details().published()).isTrue();
    }

    @Test
    void aGateOfTheUsersDecidesLikeTheChecks() throws Exception {
        Gate gate = Gate.of("batch.rows", Comparison.MAX, 1);

        Result<BatchDetails> result = new RunBatch()
                .run(request("printf 'date,score\\n1,2\\n2,4\\n' > $0", Duration.ofSeconds(50), gate), Progress.NONE);

        assertThat(result.details().reason().orElseThrow()).contains("batch.rows is 2, must be at most 1");
        assertThat(Files.readString(output)).isEqualTo(FORMER);
    }

    @Test
    void aCommandThatFailsIsToldWithItsLastLines() throws Exception {
        assertThatThrownBy(() -> run("echo half > $0; echo 'no such day' >&2; exit 4"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("ended with code 4")
                .hasMessageContaining("no such day");
        assertThat(Files.readString(output)).isEqualTo(FORMER);
        assertThatNothingIsLeftBehind();
    }

    @Test
    void aCommandThatWritesElsewhereIsTold() throws Exception {
        assertThatThrownBy(() -> run("echo done"))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("wrote nothing to ${output}");
        assertThat(Files.readString(output)).isEqualTo(FORMER);
    }

    @Test
    void aMissingModelIsToldBeforeAnythingRuns() throws Exception {
        Files.delete(project.resolve("build/model.txt"));

        assertThatThrownBy(() -> run("touch ran"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the model 'build/model.txt' does not exist");
        assertThat(project.resolve("ran")).doesNotExist();
    }

    @Test
    void aCommandThatTakesTooLongLeavesTheFormerOutput() throws Exception {
        BatchRequest request = request("echo half > $0; sleep 600", Duration.ofMillis(700));

        assertThatThrownBy(() -> new RunBatch().run(request, Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("took longer than");
        assertThat(Files.readString(output)).isEqualTo(FORMER);
        assertThatNothingIsLeftBehind();
    }

    @Test
    void anInterruptionLeavesTheFormerOutput() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread runner = new Thread(() -> {
            try {
                new RunBatch()
                        .run(request("echo half > $0; echo on; sleep 600", Duration.ofSeconds(50)), hears(running));
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        runner.start();
        running.await();

        runner.interrupt();
        runner.join();

        assertThat(interrupted).isTrue();
        assertThat(Files.readString(output)).isEqualTo(FORMER);
        assertThatNothingIsLeftBehind();
    }

    @Test
    void itsDocumentReadsBackAsItWasWritten() throws Exception {
        Result<BatchDetails> result = run("printf 'date,score\\n1,2\\n2,4\\n' > $0; echo written");

        Result<BatchDetails> read = Json.mapper().readValue(Json.write(result), new TypeReference<>() {});

        assertThat(read).isEqualTo(result);
        assertThat(read.details().lastLines()).containsExactly("written");
    }

    private static Progress hears(CountDownLatch line) {
        return new Progress() {
            @Override
            public void step(String what, double fraction) {}

            @Override
            public void line(String text) {
                line.countDown();
            }
        };
    }

    private Result<BatchDetails> run(String script) throws InterruptedException {
        return new RunBatch().run(request(script, Duration.ofSeconds(50)), Progress.NONE);
    }

    private BatchRequest request(String script, Duration timeout, Gate... gates) {
        return new BatchRequest(
                new Model("weather", Optional.empty()),
                "weather",
                project,
                Optional.of("build/model.txt"),
                List.of("sh", "-c", script, "${output}", "${model}"),
                "build/scores.csv",
                timeout,
                Map.of(),
                CHECK,
                LineageRecord.EMPTY,
                List.of(gates));
    }

    private void assertThatNothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(output.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly("scores.csv", "model.txt");
        }
    }
}
