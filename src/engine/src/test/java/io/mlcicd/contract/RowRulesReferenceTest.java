package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.contract.AskedTable.Found;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which rows break a rule on single values. Expected rows were computed with Python 3.11 on the same table: its own
 * comparisons, re.fullmatch, len, datetime.strptime, json.loads (NaN refused) and jsonschema 4.26.
 */
class RowRulesReferenceTest {

    private static final String TABLE = """
            n,i,s,d,j,g
            1.5,1,abc,2026-01-31,"{""a"": 1}",a
            -2.5,2,ab,2026-02-30,"{""a"": ""x""}",a
            0.1,,ABC,31.01.2026,"[1, 2,]",b
            NaN,4,abcd,2026-01-31T10:00:00,NaN,a
            inf,5,naïve,,null,b
            ,6,,2024-02-29,,a
            -inf,-7,a b,1999-12-31,"{""a"": 1, ""a"": 2}",b
            1e300,8,007,2026-1-1,"{""b"": 1}",a
            0.30000000000000004,9,😀😀,0001-01-01,"\""text""\",b
            -0.0,10,"a
            b",x,"{""a"": 1} x",a
            """;

    private static final List<Long> IN_GROUP_A = List.of(1L, 2L, 4L, 6L, 8L, 10L);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "n ! number ! min: -2.5, max: 0.3 ! 1 4 5 7 8 9 ! 0.33333333333333337",
                "n ! number ! above: -2.5, below: 1.5 ! 1 2 4 5 7 8 ! 0.33333333333333337",
                "n ! number ! min: 0 ! 2 4 5 7 ! 0.5555555555555556",
                "n ! number ! values: [0, 1.5, 0.1] ! 2 4 5 7 8 9 ! 0.33333333333333337",
                "n ! number ! notValues: [0, 0.3, 1.0e+300] ! 8 10 ! 0.7777777777777778",
                "i ! integer ! max: 5.5 ! 6 8 9 10 ! 0.5555555555555556",
                "i ! integer ! values: [1, 2, 4, 5, 6, 8] ! 7 9 10 ! 0.6666666666666667",
                "i ! number ! below: 8 ! 8 9 10 ! 0.6666666666666667",
                "s ! string ! min: ab, below: b ! 3 5 7 8 9 10 ! 0.33333333333333337",
                "s ! string ! values: [abc, \"007\"] ! 2 3 4 5 7 9 10 ! 0.2222222222222222",
                "s ! string ! notValues: [abc, ABC] ! 1 3 ! 0.7777777777777778",
                "s ! string ! pattern: '[a-z]+' ! 3 5 7 8 9 10 ! 0.33333333333333337",
                "s ! string ! pattern: 'a.b|(?i)abc' ! 2 4 5 8 9 10 ! 0.33333333333333337",
                "s ! string ! notPattern: '\\p{L}+' ! 1 2 3 4 5 ! 0.4444444444444444",
                "s ! string ! length: 3 ! 2 4 5 9 ! 0.5555555555555556",
                "s ! string ! length: { above: 2, below: 5 } ! 2 5 9 ! 0.6666666666666667",
                "d ! string ! dateFormat: '%Y-%m-%d' ! 2 3 4 10 ! 0.5555555555555556",
                "d ! string ! dateFormat: ['%Y-%m-%d', '%d.%m.%Y', '%Y-%m-%dT%H:%M:%S'] ! 2 10 ! 0.7777777777777778",
                "j ! string ! json: true ! 3 4 10 ! 0.6666666666666667",
                "j ! string ! jsonSchema: { type: object, required: [a], properties: { a: { type: integer } } } ! 2 3 4 5 8 9 10 ! 0.2222222222222222",
                "d ! string ! as: date, min: '2024-02-29', max: '2026-01-31' ! 7 9 ! 0.7777777777777778",
                "s ! string ! as: integer, min: 8 ! 8 ! 0.8888888888888888",
            })
    void theRowsThatBreakItAreThoseOfPython(String column, String type, String rule, String rows, double keptShare)
            throws Exception {
        List<Found> found = AskedTable.of(folder, TABLE)
                .column(
                        column,
                        type,
                        List.of(
                                "{ " + rule + " }",
                                "{ " + rule + ", where: \"g = 'a'\" }",
                                "{ " + rule + ", mostly: " + keptShare + " }",
                                "{ " + rule + ", mostly: " + (keptShare + 1e-9) + " }"));
        List<Long> expected =
                List.of(rows.split(" ")).stream().map(Long::valueOf).toList();
        assertThat(found.get(0).rows()).as(found.get(0).check().observed()).isEqualTo(expected);
        assertThat(found.get(0).check().violations()).isEqualTo(expected.size());
        assertThat(found.get(0).check().share()).isCloseTo(expected.size() / 10.0, within(1e-12));
        assertThat(found.get(1).rows())
                .isEqualTo(expected.stream().filter(IN_GROUP_A::contains).toList());
        assertThat(found.get(2).number()).isEqualTo(keptShare);
        assertThat(found.get(2).kept()).isTrue();
        assertThat(found.get(3).kept()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "n ! number ! ''",
                "n ! integer ! 1 2 3 4 5 7 8 9",
                "i ! number ! ''",
                "i ! integer ! ''",
                "i ! boolean ! 1 2 4 5 6 7 8 9 10",
                "i ! string ! ''",
                "s ! string ! ''",
                "s ! integer ! 1 2 3 4 5 7 9 10",
                "d ! date ! 2 3 4 10",
                "d ! timestamp ! 2 3 10",
            })
    void valuesAreOfATypeAsPythonReadsThem(String column, String type, String rows) throws Exception {
        Found found = AskedTable.of(folder, TABLE)
                .contract("contract: c\ncolumns: { %s: { type: %s } }\n".formatted(column, type))
                .get(0);
        assertThat(found.rows().stream().map(String::valueOf).toList())
                .as(found.check().observed())
                .isEqualTo(rows.isEmpty() ? List.of() : List.of(rows.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "i ! integer ! true",
                "i ! number ! false",
                "i ! number, integer ! true",
                "n ! integer ! false",
                "n ! number ! true",
                "s ! string ! true",
                "d ! date, timestamp ! false",
            })
    void theColumnItselfHasOneOfTheTypes(String column, String types, boolean kept) throws Exception {
        assertThat(AskedTable.of(folder, TABLE)
                        .column(column, "string", "{ types: [" + types + "] }")
                        .kept())
                .isEqualTo(kept);
    }
}
