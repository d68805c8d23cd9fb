package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateContractTest {

    private static final String CONTRACT = """
            # Signed by the weather team.
            contract: weather
            rows: { min: 300 }   # a year at least
            columns:
              # the day, in local time
              date: { type: date, unique: true, maxNullShare: 0 }
              rain:
                type: integer
                min: 0
                max: 50
              # as the observer calls it
              sky: { type: string, values: [sun, rain], criticality: UNSTABLE }
              station: { type: string, pattern: "[A-Z]+" }
            """;

    @TempDir
    private Path folder;

    private UpdateContract.Updated update(String csv, String contract) throws Exception {
        Path data = Files.writeString(folder.resolve("new.csv"), csv);
        Path file = Files.writeString(folder.resolve("contract.yml"), contract);
        return UpdateContract.update(DataSource.of("new", data), file, DataEngines.EMBEDDED, Progress.NONE);
    }

    @Test
    void whatIsAMatterOfDegreeIsWidenedAndTheRestOfTheFileStaysAsItWas() throws Exception {
        UpdateContract.Updated updated = update("""
                date,rain,sky,wind
                2026-01-01,3,sun,1.5
                2026-01-02,80.5,fog,2.5
                2026-01-03,,rain,
                """, CONTRACT);
        assertThat(updated.yaml()).isEqualTo("""
                # Signed by the weather team.
                contract: weather
                rows: { min: 1 }
                columns:
                  # the day, in local time
                  date: { type: date, unique: true, maxNullShare: 0 }
                  rain: { type: number, min: 0, max: 89 }
                  # as the observer calls it
                  sky: { type: string, values: [sun, rain, fog], criticality: UNSTABLE }
                  station: { type: string, required: false, pattern: "[A-Z]+" }
                  wind: { type: number, maxNullShare: 0.5, min: 1.4, max: 2.6 }
                """);
        assertThat(updated.left()).isEmpty();
        assertThat(updated.changes())
                .extracting(UpdateContract.Change::after)
                .anyMatch(line -> line.contains("station"))
                .anyMatch(line -> line.contains("wind"));
        assertThat(updated.changes())
                .filteredOn(change -> change.after().contains("sky"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before())
                            .contains("  sky: { type: string, values: [sun, rain], criticality: UNSTABLE }");
                    assertThat(change.why())
                            .isEqualTo("1 value other than sun, rain (33 % of 3 rows), such as 'fog' in row 2");
                });
    }

    @Test
    void theDataKeepTheWidenedContract() throws Exception {
        UpdateContract.Updated updated =
                update("date,rain,sky,station\n2026-01-01,-7,hail,A\n2026-01-02,900,fog,B\n", CONTRACT);
        Path contract = Files.writeString(folder.resolve("wide.yml"), updated.yaml());
        Result<ValidationDetails> result = new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(),
                                List.of(new ContractedData(DataSource.of("new", folder.resolve("new.csv")), contract))),
                        Progress.NONE);
        assertThat(result.gates()).allMatch(gate -> gate.outcome() == Outcome.PASSED);
    }

    @Test
    void whatIsAMatterOfJudgementIsLeftToAPerson() throws Exception {
        UpdateContract.Updated updated = update(
                "date,rain,sky,station\n2026-01-01,1,sun,A\n2026-01-01,x,sun,b\n",
                CONTRACT.replace("rows: { min: 300 }   # a year at least\n", ""));
        assertThat(updated.changes()).isEmpty();
        assertThat(updated.left())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("date: unique"))
                .anyMatch(line -> line.startsWith("rain: type integer: 1 value that is not a whole number"))
                .anyMatch(line -> line.startsWith("station: pattern matches [A-Z]+"));
    }

    @Test
    void aContractOfAnotherToolMustBeImportedFirst() {
        assertThatThrownBy(() -> update("a\n1\n", "{\"expectations\": [], \"name\": \"s\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mlcicd import");
    }
}
