package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.operation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules on numbers that the data have as a whole are widened by a tenth beyond what was seen, and only where broken. */
class WideningTest {

    /** Mean 40, median 30, sample deviation sqrt(2400), of four values from 0 to 100. */
    private static final String NUMBERS = "x\n0\n0\n60\n100\n";

    @TempDir
    private Path folder;

    private UpdateContract.Updated update(String csv, String contract) throws Exception {
        Path data = Files.writeString(folder.resolve("new.csv"), csv);
        Path file = Files.writeString(folder.resolve("contract.yml"), contract);
        return UpdateContract.update(DataSource.of("new", data), file, DataEngines.EMBEDDED, Progress.NONE);
    }

    private static String column(String keys) {
        return "contract: c\ncolumns:\n  x: { " + keys + " }\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "mean: { min: 50, max: 60 } ! mean: { min: 36, max: 60 }",
                "mean: { above: 40 } ! mean: { min: 36 }",
                "mean: 41 ! mean: { min: 36, max: 41 }",
                "median: { max: 20 } ! median: { max: 33 }",
                "stdDev: { below: 40 } ! stdDev: { max: 54 }",
                "sum: { max: 100 } ! sum: { max: 180 }",
                "smallest: { min: 5 } ! smallest: { min: 0 }",
                "largest: { max: 99.5 } ! largest: { max: 110 }",
                "quantiles: { 0.5: { max: 20 }, 1: { max: 200 } } ! quantiles: { \"0.5\": { max: 33 }, \"1\": { max: 200 } }",
                "distinct: { min: 4, max: 5 } ! distinct: { min: 2, max: 5 }",
                "distinctShare: 1 ! distinctShare: { min: 0.67, max: 1 }",
                "shares: { \"0\": { max: 0.1 } } ! shares: { \"0\": { max: 0.55 } }",
                "shares: { \"7\": { min: 0.1 } } ! shares: { \"7\": { min: 0 } }",
                "rarestShare: { min: 0.3 } ! rarestShare: { min: 0.22 }",
                "classBalance: { min: 0.9 } ! classBalance: { min: 0.45 }",
                "entropy: { max: 1 } ! entropy: { max: 1.7 }",
                "outliers: { method: iqr, limit: 0.1, max: 0 } ! outliers: { method: iqr, limit: 0.1, max: 0.28 }",
                "nullShare: { min: 0.5, max: 0.6 } ! nullShare: { min: 0, max: 0.6 }",
            })
    void aBrokenBoundMovesBeyondWhatWasSeen(String before, String after) throws Exception {
        UpdateContract.Updated updated = update(NUMBERS, column("type: integer, " + before));
        assertThat(updated.left()).isEmpty();
        assertThat(updated.yaml()).isEqualTo(column("type: integer, " + after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "length: { min: 2, max: 3 } ! length: { min: 0, max: 11 }",
                "meanLength: { max: 2 } ! meanLength: { max: 5 }",
            })
    void soDoLengths(String before, String after) throws Exception {
        assertThat(update("x\na\nbb\nabcdefghij\nccccc\n", column("type: string, " + before))
                        .yaml())
                .isEqualTo(column("type: string, " + after));
    }

    @Test
    void whatSaysThatTheDataHaveChangedIsLeftToAPerson() throws Exception {
        String contract = """
                contract: c
                rows: { min: 3, maxChange: 0.5 }
                checks:
                  - { duplicates: { max: 0 } }
                  - { rows: { max: 3 }, criticality: NOTE }
                columns:
                  x: { type: integer, checks: [{ mean: { max: 1 }, name: small }, { mean: { max: 1 }, where: x > 1 }] }
                """;
        UpdateContract.Updated updated = update(NUMBERS, contract);
        assertThat(updated.yaml()).isEqualTo(contract);
        assertThat(updated.left())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("duplicates"))
                .anyMatch(line -> line.startsWith("rows at most 3"))
                .anyMatch(line -> line.startsWith("x: mean"));
    }

    @Test
    void whatElseIsAskedOfTheNumberOfRowsStays() throws Exception {
        assertThat(update(NUMBERS, "contract: c\nrows: { min: 9, maxChange: 0.5 }\ncolumns: {}\n")
                        .yaml())
                .startsWith("contract: c\nrows: { min: 2, maxChange: 0.5 }\n");
    }

    /** And what was widened once needs no more. */
    @RepeatedTest(10)
    void theDataKeepWhatWasWidened(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        double scale = Math.pow(10, random.nextInt(12) - 6) * (random.nextBoolean() ? 1 : -1);
        int rows = 1 + random.nextInt(200);
        String csv = IntStream.range(0, rows)
                .mapToObj(i -> random.nextInt(9) == 0
                        ? ","
                        : random.nextGaussian() * scale + "," + "w".repeat(random.nextInt(9)))
                .collect(Collectors.joining("\n", "x,s\n", ",\n1,w\n2,ww\n"));
        List<String> bounds =
                List.of("{ min: 0.001, max: 0.002 }", "{ above: 1000000, below: 1000001 }", "{ max: -3 }");
        String bound = bounds.get(random.nextInt(bounds.size()));
        String contract = """
                contract: c
                rows: { min: 1000 }
                columns:
                  x:
                    type: number
                    mean: %1$s
                    median: %1$s
                    stdDev: %1$s
                    sum: %1$s
                    smallest: %1$s
                    largest: %1$s
                    quantiles: { 0.1: %1$s, 0.77: %1$s }
                    distinct: %1$s
                    entropy: %1$s
                  s: { type: string, meanLength: %1$s, length: %1$s, distinctShare: %1$s, classBalance: %1$s }
                """.formatted(bound);
        UpdateContract.Updated updated = update(csv, contract);
        assertThat(updated.left()).isEmpty();
        assertThat(updated.changes()).isNotEmpty();
        assertThat(AskedTable.of(folder, csv).contract(updated.yaml()))
                .allSatisfy(found ->
                        assertThat(found.kept()).as(found.check().toString()).isTrue());
        assertThat(update(csv, updated.yaml()).changes()).isEmpty();
    }
}
