package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.document.Json;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Task;
import io.mlcicd.report.HtmlReport;
import io.mlcicd.report.JUnitXml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column's name and its values are never more than that, whatever they say. */
class HostileNamesTest {

    private static final String PLAIN = "plain column";

    /** What is found under a plain name, of numbers and of texts. */
    private static final Map<Boolean, List<String>> EXPECTED = new HashMap<>();

    private static final List<String> VALUES = List.of(
            "'); DROP TABLE data_1; --",
            "\"; DROP TABLE data_1; --",
            "a'b",
            "a\"b",
            "a\nb",
            "a\\b",
            "%s $1 ${x}",
            "🙂",
            "*",
            "NULL",
            "a'b");

    @TempDir
    private Path folder;

    static Stream<String> names() {
        return Stream.of(
                "\"; DROP TABLE data_1; --",
                "a\"b",
                "a'b",
                "a\nb",
                "a\\b",
                "a.b",
                "*",
                "%s",
                "$1",
                "🙂",
                "rowid",
                "select",
                "null",
                "_value",
                "_raw",
                "value",
                "place",
                "n",
                "row_number",
                "occurrence",
                "ask_0",
                "c0",
                "s",
                "data_1");
    }

    private Path csv(String file, String column, boolean numbers, int rows) throws Exception {
        StringBuilder csv = new StringBuilder(quoted(column)).append(",other\n");
        for (int i = 0; i < rows; i++) {
            String value = numbers ? String.valueOf(i * i % 7 - 1) : quoted(VALUES.get(i % VALUES.size()));
            csv.append(i == 5 ? "" : value).append(',').append(i % 4).append('\n');
        }
        return Files.writeString(folder.resolve(file), csv.toString());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private List<String> expected(boolean numbers) throws Exception {
        List<String> known = EXPECTED.get(numbers);
        if (known == null) {
            Path plain = csv("plain.csv", PLAIN, numbers, 60);
            known = verdicts(validated(PLAIN, numbers, plain, csv("keys.csv", PLAIN, numbers, 3), false));
            EXPECTED.put(numbers, known);
        }
        return known;
    }

    private Result<ValidationDetails> validated(String column, boolean numbers, Path data, Path keys, boolean sensitive)
            throws Exception {
        Path baseline = folder.resolve("baseline.json");
        DataProfile before = profile(csv("before.csv", column, numbers, 9));
        DataProfiles.write(before, baseline);
        Path contract =
                Files.writeString(folder.resolve("contract.yml"), EveryCheck.contract(column, numbers, sensitive));
        return new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(),
                                List.of(new ContractedData(
                                        DataSource.of("t", data),
                                        contract,
                                        "contract.yml",
                                        Optional.of(baseline),
                                        Optional.of(before))),
                                List.of(DataSource.of("keys", keys)),
                                3),
                        Progress.NONE);
    }

    private static DataProfile profile(Path data) throws Exception {
        return new ProfileData()
                .run(new ProfileRequest(List.of(DataSource.of("t", data))), Progress.NONE)
                .details()
                .data()
                .get(0);
    }

    private static List<String> verdicts(Result<ValidationDetails> result) {
        return result.details().data().get(0).checks().stream()
                .map(check -> check.kind() + " " + check.outcome() + " " + check.violations() + " " + check.share()
                        + check.examples().stream().map(Check.Example::row).toList())
                .toList();
    }

    @Test
    void everyKindOfCheckIsAsked() {
        assertThat(EveryCheck.keys()).containsAll(EveryCheck.known());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCheckFindsTheSameUnderAnyName(String name) throws Exception {
        for (boolean numbers : List.of(true, false)) {
            List<String> expected = expected(numbers);
            Path named = csv("named.csv", name, numbers, 60);
            List<String> found = verdicts(validated(name, numbers, named, csv("keys.csv", name, numbers, 3), false));
            assertThat(found).isEqualTo(expected).anyMatch(verdict -> verdict.contains("FAILED"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOperationTakesAnyName(String name) throws Exception {
        for (boolean numbers : List.of(true, false)) {
            Path data = csv("data.csv", name, numbers, 60);
            Path other = csv("other.csv", name, numbers, 40);
            DataProfile profile = profile(data);
            assertThat(profile.find(name)).isPresent();

            Contract contract = InferContract.infer(profile);
            Path written = Files.writeString(folder.resolve("inferred.yml"), ContractWriter.write(contract, profile));
            assertThat(Contract.read(written)).isEqualTo(contract);
            UpdateContract.Updated updated =
                    UpdateContract.update(DataSource.of("t", other), written, DataEngines.EMBEDDED, Progress.NONE);
            Files.writeString(written, updated.yaml());
            assertThat(Contract.read(written).find(name)).isPresent();

            new CheckDrift()
                    .run(
                            new DriftRequest(
                                    Optional.empty(),
                                    new DriftSide.Raw(DataSource.of("a", data)),
                                    new DriftSide.Raw(DataSource.of("b", other)),
                                    List.of(name),
                                    List.of(),
                                    ColumnTests.DEFAULT,
                                    List.of(),
                                    LineageRecord.EMPTY),
                            Progress.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void modelsAreEvaluatedOnAnyName(String name) throws Exception {
        StringBuilder csv = new StringBuilder(quoted(name) + ",p,slice\n");
        for (int i = 0; i < 60; i++) {
            csv.append("%s,%s,%d\n".formatted(quoted(VALUES.get(i % 3)), quoted(VALUES.get(i * i % 3)), i % 2));
        }
        Path data = Files.writeString(folder.resolve("p.csv"), csv.toString());
        EvaluationRequest request = EvaluationRequest.of(
                new Model("m", Optional.empty()), Task.MULTICLASS, DataSource.of("p", data), name, "p");
        assertThat(new EvaluateModel().run(request, Progress.NONE).metrics()).containsKey("accuracy");
    }

    /** No value of a sensitive column is in what is stored or shown. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noValueOfASensitiveColumnIsTold(boolean numbers) throws Exception {
        String marker = numbers ? "8376450" : "MARKER";
        StringBuilder csv = new StringBuilder("secret,other\n");
        for (int i = 0; i < 40; i++) {
            csv.append(marker).append(',').append(i % 3).append('\n');
        }
        Path data = Files.writeString(folder.resolve("secret.csv"), csv.toString());
        Path keys = csv("keys.csv", "secret", numbers, 3);
        Result<ValidationDetails> result = validated("secret", numbers, data, keys, true);

        for (Check check : result.details().data().get(0).checks()) {
            assertThat(Json.write(check).replace(",", "")).as(check.kind()).doesNotContain(marker);
        }
        result.gates()
                .forEach(gate -> assertThat(Json.write(gate)).as(gate.message()).doesNotContain(marker));
        String json = Json.write(result);
        assertThat(json.replace(",", "")).doesNotContain(marker).doesNotContain(marker.substring(0, 5));
        Result<JsonNode> document = ResultDocuments.read(Files.writeString(folder.resolve("result.json"), json));
        assertThat(JUnitXml.of(document)).doesNotContain(marker);
        assertThat(HtmlReport.of(List.of(document)).replace(",", "")).doesNotContain(marker);
    }
}
