package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.contract.rule.Bounds;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.NoExtraColumns;
import io.mlcicd.contract.rule.NullShare;
import io.mlcicd.contract.rule.Range;
import io.mlcicd.contract.rule.RowCount;
import io.mlcicd.data.ColumnType;
import io.mlcicd.gate.Criticality;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

    @TempDir
    private Path folder;

    private Contract read(String yaml) throws IOException {
        return Contract.read(Files.writeString(folder.resolve("contract.yml"), yaml));
    }

    @Test
    void aContractIsReadAsItIsWritten() throws IOException {
        Contract contract = read("""
                contract: seattle-weather-daily
                rows: { min: 300, max: 100000 }
                extraColumns: forbid
                columns:
                  date: { type: date, unique: true, maxNullShare: 0, min: 2012-01-01 }
                  precipitation: { type: number, min: 0, max: 150.0, maxNullShare: 0 }
                  weather: { type: string, values: [drizzle, fog, rain, snow, sun], maxNullShare: 0.05 }
                  station: { type: string, pattern: "[A-Z]{3}-[0-9]+", required: false, criticality: UNSTABLE }
                  note: {}
                """);
        assertThat(contract.name()).isEqualTo("seattle-weather-daily");
        assertThat(contract.promises())
                .extracting(Promise::rule)
                .containsExactly(
                        new RowCount(Bounds.between(300, 100_000)),
                        new NoExtraColumns(List.of("date", "precipitation", "weather", "station", "note")));
        assertThat(contract.columns())
                .extracting(ContractColumn::name)
                .containsExactly("date", "precipitation", "weather", "station", "note");
        assertThat(contract.columns().get(1))
                .isEqualTo(new ContractColumn(
                        "precipitation",
                        Optional.of(ColumnType.NUMBER),
                        true,
                        false,
                        Optional.empty(),
                        Stream.of(
                                        new IsOfType(ColumnType.NUMBER),
                                        new NullShare(Bounds.atMost(0)),
                                        new Range(
                                                ColumnType.NUMBER, Optional.of("0"), Optional.of("150"), false, false))
                                .map(rule -> new Promise(
                                        List.of("precipitation"), rule, Promise.Terms.strict(Criticality.FAILURE)))
                                .toList()));
        assertThat(contract.columns().get(3).promises())
                .allMatch(promise -> promise.terms().criticality() == Criticality.UNSTABLE);
        assertThat(contract.columns().get(3).required()).isFalse();
        assertThat(contract.columns().get(4).type()).isEmpty();
        assertThat(contract.columns().get(4).required()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{ type: number, min: 5, max: 3 } ! :3:22: columns.x.min: 5 is more than max, 3; no value can keep both",
                "{ type: date, min: 2020-02-01, max: 2020-01-01 } ! columns.x.min: 2020-02-01 is more than max",
                "{ type: date, min: 2020-02-31 } ! columns.x.min: \"2020-02-31\" is not a date such as",
                "{ type: date, min: 3 } ! columns.x.min: 3 is not a date such as",
                "{ type: number, min: low } ! columns.x.min: \"low\" is not a number",
                "{ type: number, max: .inf } ! columns.x.max: ",
                "{ type: string, min: 3 } ! :3:22: columns.x.min: 3 is not a text",
                "{ type: boolean, min: 3 } ! :3:23: columns.x.min: only columns of type integer, number, string, date or timestamp can have bounds; this one is a boolean",
                "{ min: 3 } ! columns.x.min: only columns of type integer, number, string, date or timestamp can have bounds; this one is of any type",
                "{ type: integer, values: [1, 2.5] } ! columns.x.values.1: 2.5 is not a whole number",
                "{ type: string, values: [a, 1] } ! columns.x.values.1: 1 is not a text; write it in quotes",
                "{ type: string, values: [a, a] } ! columns.x.values.1: \"a\" stands here twice",
                "{ values: [a] } ! columns.x.values: a column with values needs a type",
                "{ type: number, pattern: a+ } ! columns.x.pattern: only a column of type string can have a pattern",
                "{ type: int } ! columns.x.type: 'int' is not known; it must be one of boolean, integer, number, string, date, timestamp",
                "{ typ: integer } ! :3:8: columns.x.typ: unknown key (did you mean 'type'?)",
                "{ maxNullShare: 1.5 } ! columns.x.maxNullShare: ",
                "number ! columns.x: ",
            })
    void aContradictionIsToldWithItsPlace(String rule, String expected) {
        assertThatThrownBy(() -> read("contract: c\ncolumns:\n  x: " + rule + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3:")
                .hasMessageContaining(expected.trim());
    }

    @Test
    void termsOfTheirOwnAreWrittenAsTheyWereRead() throws IOException {
        String yaml = """
                contract: c
                missingColumns: fail
                rows: { min: 3 }
                checks:
                  - { unique: [a, b], mostly: 0.9, name: pairs }
                columns:
                  a: { type: number, nullShare: { min: 0.1, max: 0.2 }, above: 0, checks: [{ max: 5, mostly: 0.95, where: "b = 'x'" }, { values: [x], criticality: NOTE, as: string }] }
                  b: { pattern: a+, notValues: [q], sensitive: true, criticality: UNSTABLE, description: what it is }
                """.replace("b: { pattern", "b: { type: string, pattern");
        Contract contract = read(yaml);
        assertThat(read(ContractWriter.write(contract))).isEqualTo(contract);
        assertThat(contract.columns().get(0).promises())
                .extracting(promise -> promise.terms().mostly())
                .containsExactly(1.0, 1.0, 1.0, 1.0, 0.95, 1.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfCheckIsReadBackAsItIsWritten(boolean numbers) throws IOException {
        Contract contract = read(EveryCheck.contract("it's a \"b\": #1", numbers, numbers));
        Contract again = read(ContractWriter.write(contract));
        assertThat(again.types()).isEqualTo(contract.types());
        assertThat(again.allPromises()).containsExactlyInAnyOrderElementsOf(contract.allPromises());
    }

    @Test
    void checksOfOneKindStayApart() throws IOException {
        Contract contract = read("""
                contract: c
                columns:
                  x:
                    type: number
                    checks: [{ min: 5 }, { max: 3 }, { maxNullShare: 0.1 }, { nullShare: { min: 0.2 } }]
                """);
        assertThat(read(ContractWriter.write(contract)).allPromises())
                .containsExactlyInAnyOrderElementsOf(contract.allPromises());
    }

    @Test
    void rowBoundsMustLeaveRoom() {
        assertThatThrownBy(() -> read("contract: c\nrows: { min: 5, max: 3 }\ncolumns: {}\n"))
                .hasMessageContaining("contract.yml:2:9: rows.min: no number can be 5..3");
    }

    @Test
    void aContractNeedsANameAndColumns() {
        assertThatThrownBy(() -> read("contract: c\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("columns");
        assertThatThrownBy(() -> Contract.read(folder.resolve("none.yml"))).hasMessageContaining("does not exist");
    }
}
