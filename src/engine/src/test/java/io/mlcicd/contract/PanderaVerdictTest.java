package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.imports.ContractImport;
import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FreshEngine;
import io.mlcicd.document.Json;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schemas that pandera 0.33.1 wrote with {@code to_yaml} get the verdicts that it gave them with pandas 3.0.6 on the same
 * file, read by {@code read_csv} with {@code parse_dates=["joined"]}.
 */
class PanderaVerdictTest {

    /** What each schema asks that no contract can: it is named, and the verdict need not agree. */
    private static final Map<String, String> LEFT = Map.of(
            "coerce", "column id: coerce",
            "coerce broken", "column name: coerce",
            "ignore_na off", "column height: check greater_than",
            "strict filter", "strict: filter",
            "regex", "column ^a.*",
            "lookahead", "column code: check str_matches",
            "df check", "check greater_than of the data frame",
            "index", "index");

    /** A contract's type is what a file's text can be read as, and every text can be read as text. */
    private static final Set<String> OTHERWISE = Set.of("age as str");

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
            return Path.of(
                    PanderaVerdictTest.class.getResource("imports/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Json.read(resource("staff-pandera.json")).spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachSchemaGetsItsVerdictOrSaysWhatItLeaves(JsonNode one) throws Exception {
        String name = one.path("case").asText();
        Path file = Files.writeString(
                folder.resolve("schema.yml"), one.path("schema").asText());
        List<String> left = ContractImport.read(file).orElseThrow().left().stream()
                .map(ImportedContract.Left::what)
                .toList();
        if (LEFT.containsKey(name)) {
            assertThat(left).containsExactly(LEFT.get(name));
            return;
        }
        assertThat(left).isEmpty();
        ContractedData data = new ContractedData(DataSource.of("staff", resource("staff.csv")), file);
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
                        name,
                        validation.gates().stream().map(GateResult::message).toList())
                .isEqualTo(one.path("keeps").asBoolean() || OTHERWISE.contains(name));
    }
}
