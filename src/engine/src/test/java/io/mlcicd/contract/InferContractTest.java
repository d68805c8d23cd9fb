package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.contract.rule.Unique;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FreshEngine;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.Relation;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferContractTest {

    private static FreshEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        engine = new FreshEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private DataProfile profile(Path file) throws InterruptedException {
        return Profiler.profile(engine, engine.open(DataSource.of("train", file)));
    }

    /** What the draft says of the first column. */
    private String draft(String csv) throws Exception {
        Contract contract = InferContract.infer(profile(Files.writeString(folder.resolve("a.csv"), csv)));
        return ContractWriter.write(contract)
                .lines()
                .dropWhile(line -> !line.equals("columns:"))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .trim();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDataKeepTheContractDraftedFromThem(long seed) throws Exception {
        Random random = new Random(seed);
        Path csv = Files.writeString(folder.resolve("a.csv"), RandomData.csv(random));
        Relation data = engine.open(DataSource.of("train", csv));
        Path tsv = folder.resolve("a.tsv");
        Path json = folder.resolve("a.jsonl");
        Path parquet = folder.resolve("a.parquet");
        copy(data, tsv, "FORMAT csv, DELIMITER '\t', HEADER");
        copy(data, json, "FORMAT json");
        copy(data, parquet, "FORMAT parquet");
        for (Path file : List.of(csv, tsv, json, parquet)) {
            if (Files.size(file) == 0) {
                continue;
            }
            DataProfile profile = profile(file);
            Contract contract = InferContract.infer(profile);
            String yaml = ContractWriter.write(contract, profile);
            Path written = Files.writeString(folder.resolve("contract.yml"), yaml);
            assertThat(Contract.read(written)).isEqualTo(contract);
            Result<ValidationDetails> result = new ValidateData()
                    .run(
                            new ValidationRequest(
                                    Optional.empty(),
                                    List.of(new ContractedData(DataSource.of("train", file), written))),
                            Progress.NONE);
            assertThat(result.gates())
                    .as("%s of seed %d:%n%s", file.getFileName(), seed, yaml)
                    .allSatisfy(gate ->
                            assertThat(gate.outcome()).as(gate.message()).isEqualTo(Outcome.PASSED));
        }
    }

    private static void copy(Relation data, Path file, String options) throws InterruptedException {
        engine.write("FROM " + data.sql(), file, options);
    }

    @Test
    void rangesHaveRoundBoundsWithAMarginAndKeepTheirSign() throws Exception {
        assertThat(draft("rain\n0.0\n3.3\n55.9\n")).contains("min: 0,", "max: 62 ");
        assertThat(draft("n,m\n1000,1\n1100,1\n1000,1\n")).contains("min: 990,", "max: 1110 ");
        assertThat(draft("t,m\n-5,1\n20.5,2\n-5,3\n")).contains("min: -8,");
        assertThat(draft("big\n1e300\n2e300\n")).contains("max: 2.1E+300");
    }

    @Test
    void onlyWordsThatRepeatAreASet() throws Exception {
        assertThat(draft("w\n" + "sun\nrain\n".repeat(10))).contains("values: [rain, sun]");
        assertThat(draft("w\nsun\nrain\nfog\nsun\n")).doesNotContain("values");
        assertThat(draft("w\n" + "1\n2\n".repeat(10))).doesNotContain("values");
    }

    @Test
    void nullSharesLeaveAMargin() throws Exception {
        assertThat(draft("x,y\n" + "1,1\n".repeat(10))).contains("maxNullShare: 0,");
        assertThat(draft("x,y\n" + "1,1\n".repeat(95) + ",1\n".repeat(5))).contains("maxNullShare: 0.1,");
        assertThat(draft("x,y\n1,1\n,1\n")).contains("maxNullShare: 1,");
    }

    @Test
    void onlyLikelyKeysAreUnique() throws Exception {
        Contract contract = InferContract.infer(
                profile(
                        Files.writeString(
                                folder.resolve("a.csv"),
                                "when,customerId,amount,height,name\n2020-01-01,7,1.5,180,x\n2020-01-02,8,2.5,190,y\n2020-01-03,9,3.5,175,z\n")));
        assertThat(contract.columns().stream()
                        .filter(column ->
                                column.promises().stream().anyMatch(promise -> promise.rule() instanceof Unique))
                        .map(ContractColumn::name))
                .containsExactly("when", "customerId");
        assertThat(ContractWriter.write(contract))
                .contains("rows: { min: 1 }", "customerId: { type: integer, maxNullShare: 0, unique: true }");
    }

    @Test
    void nothingIsPromisedOfWhatWasNotSeen() throws Exception {
        assertThat(draft("x,y\n,1\n,2\n")).isEqualTo("x: {}");
        assertThat(draft("x,y\n")).isEqualTo("x: {}");
        assertThat(draft("x\n1\nNaN\n2\n")).doesNotContain("max:");
        assertThat(draft("x\n1\n2\n")).contains("type: integer");
    }

    @Test
    void theDraftSaysWhatWasSeen() throws Exception {
        DataProfile profile = profile(Files.writeString(folder.resolve("a.csv"), "rain,sky\n0.5,sun\n1.5,\n"));
        assertThat(ContractWriter.write(InferContract.infer(profile), profile)).isEqualTo("""
                        # Drafted from 2 rows; what is promised is for you to decide.
                        contract: train
                        rows: { min: 1 }
                        columns:
                          # 2 values, no nulls, 2 different, 0.5 to 1.5, mean 1
                          rain: { type: number, maxNullShare: 0, min: 0.4, max: 1.6 }
                          # 1 value, 50 % null, 1 different, 3 to 3 characters
                          sky: { type: string, maxNullShare: 1 }
                        """);
    }
}
