package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.imports.ContractImport;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FreshEngine;
import io.mlcicd.document.Json;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A suite of every core expectation, kept and broken, gets the verdicts that Great Expectations 1.2 on pandas gave each of
 * its expectations on the same file.
 */
class GreatExpectationsVerdictTest {

    private static FreshEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void openEngine() {
        engine = new FreshEngine();
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    private static Path resource(String name) {
        try {
            return Path.of(GreatExpectationsVerdictTest.class
                    .getResource("imports/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode verdicts() {
        return Json.read(resource("people-verdicts.json"));
    }

    static IntStream indices() {
        return IntStream.range(0, verdicts().size());
    }

    @ParameterizedTest
    @MethodSource("indices")
    void eachExpectationGetsItsVerdict(int index) throws Exception {
        ObjectNode suite = (ObjectNode) Json.read(resource("people-1.x.json"));
        JsonNode expectation = suite.path("expectations").get(index);
        suite.putArray("expectations").add(expectation);
        Path file = Files.writeString(folder.resolve("suite.json"), suite.toString());
        assertThat(ContractImport.read(file).orElseThrow().left()).isEmpty();
        ContractedData data = new ContractedData(DataSource.of("people", resource("people.csv")), file);
        DataValidation validation = new DataValidation(
                engine,
                data.data(),
                ContractFile.read(file),
                new Neighbours(engine, data, List.of(), Instant.now()),
                Check.MOST_EXAMPLES);
        validation.run();
        assertThat(Verdict.of(validation.gates()) != Verdict.FAILED)
                .as(
                        "%s%n%s",
                        expectation,
                        validation.gates().stream().map(GateResult::message).toList())
                .isEqualTo(verdicts().get(index).asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"people-0.x.json", "people-1.x.json"})
    void aSuiteOfEitherVersionRunsUnchanged(String suite) throws Exception {
        Result<ValidationDetails> result = new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(),
                                List.of(new ContractedData(
                                        DataSource.of("people", resource("people.csv")), resource(suite)))),
                        Progress.NONE);
        long kept = IntStream.range(0, verdicts().size())
                .filter(index -> verdicts().get(index).asBoolean())
                .count();
        List<Check> checks = result.details().data().get(0).checks().stream()
                .filter(check -> !check.kind().equals("present"))
                .toList();
        assertThat(checks.stream().filter(check -> check.outcome() == Outcome.FAILED))
                .hasSizeGreaterThanOrEqualTo((int) (verdicts().size() - kept) - 5);
        assertThat(checks).noneMatch(check -> check.kind().equals("notCarried"));
    }

    @Test
    void theImportedSuiteIsWrittenAsAContractThatAsksTheSame() throws IOException {
        Path suite = resource("people-1.x.json");
        String yaml = ContractWriter.write(suite, ContractImport.read(suite).orElseThrow());
        Path written = Files.writeString(folder.resolve("contract.yml"), yaml);
        Contract read = Contract.read(written);
        Contract imported = Contract.read(suite);
        assertThat(read.types()).isEqualTo(imported.types());
        assertThat(Set.copyOf(read.allPromises())).isEqualTo(Set.copyOf(imported.allPromises()));
    }
}
