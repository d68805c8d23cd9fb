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
 * Which rows break a rule on rows beside one another, or on columns beside one another. Expected rows and numbers are those
 * of pandas 3 on the same tables: duplicated, dropna, isin, diff, merge, nunique, mode and arithmetic of columns.
 */
class KeyRulesReferenceTest {

    private static final String TABLE = """
            a,b,x,y,t,g
            1,u,1,0.5,1.5,k
            2,u,3,0.25,3.25,k
            2,v,,1,1,l
            2,u,2,-2,0,k
            ,u,2,0.1,2.1,l
            ,u,5,0.2,5.3,k
            3,,4,,4,l
            4,w,4,1e-9,4,k
            1,u,-1,1,0,l
            5,w,6,1,7.0000001,k
            """;

    @TempDir
    private Path folder;

    private AskedTable table() {
        return AskedTable.of(folder, TABLE)
                .beside("keys", "k,name\n1,u\n2,u\n,u\n4,\n3,v\n")
                .beside("other", "a,b\n1.0,u\n2.0,w\n,u\n7.5,\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "unique: [a] ! 1 2 3 4 9 ! 0.375",
                "unique: [a, b] ! 1 2 4 9 ! 0.4285714285714286",
                "unique: [b, x] ! 4 5 ! 0.75",
                "primaryKey: [a] ! 1 2 3 4 5 6 9 ! 0.30000000000000004",
                "primaryKey: [a, b] ! 1 2 4 5 6 7 9 ! 0.30000000000000004",
                "primaryKey: [x, y] ! 3 7 ! 0.8",
                "foreignKey: { columns: [a], in: keys, keys: [k] } ! 10 ! 0.875",
                "foreignKey: { columns: [a, b], in: keys, keys: [k, name] } ! 3 8 10 ! 0.5714285714285714",
                "sum: { columns: [x, y], equals: t } ! 6 8 10 ! 0.625",
                "sum: { columns: [x, y], equals: t, tolerance: 1.0e-6 } ! 6 ! 0.875",
                "sum: { columns: [x, y], equals: t, tolerance: 1 } ! `` ! 1.0",
                "sum: { columns: [x, t], equals: 8 } ! 1 2 4 5 6 9 10 ! 0.2222222222222222",
                "condition: 'y <= 0.5' ! 3 9 10 ! 0.7",
                "condition: 'x > a OR b = ''u''' ! 8 ! 0.9",
                "if: 'x > 2', then: 'y < 1' ! 10 ! 0.8",
            })
    void theRowsThatBreakItAreThoseOfPandas(String rule, String rows, double keptShare) throws Exception {
        List<Found> found = table().dataSet(
                        "",
                        List.of(
                                "{ " + rule + " }",
                                "{ " + rule + ", where: '1 = 1' }",
                                "{ " + rule + ", mostly: " + keptShare + " }"));
        assertRows(found.get(0), rows);
        assertRows(found.get(1), rows);
        assertThat(found.get(2).kept()).isTrue();
    }

    private static void assertRows(Found found, String rows) {
        List<Long> expected = rows.isEmpty()
                ? List.of()
                : List.of(rows.split(" ")).stream().map(Long::valueOf).toList();
        assertThat(found.rows()).as(found.check().observed()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found.check().violations()).isEqualTo(expected.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "increasing ! 4 7 9 ! 4 8",
                "strictlyIncreasing ! 4 5 7 8 9 ! 4 8",
                "decreasing ! 2 6 10 ! 2 6 10",
                "strictlyDecreasing ! 2 5 6 8 10 ! 2 6 10",
            })
    void valuesGoOneWayAsInPandas(String direction, String rows, String rowsOfTheGroup) throws Exception {
        String rule = "{ monotonic: " + direction;
        List<Found> found = table().column(
                        "x",
                        "integer",
                        List.of(rule + " }", rule + ", where: \"g = 'k'\" }", rule + ", mostly: 0.5 }"));
        assertRows(found.get(0), rows);
        assertRows(found.get(1), rowsOfTheGroup);
        assertThat(found.get(2).number()).isCloseTo(1 - rows.split(" ").length / 9.0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a ! nullShare ! 0.2 ! 0.16666666666666666",
                "a ! distinct ! 5 ! 4",
                "a ! distinctShare ! 0.625 ! 0.8",
                "b ! distinct ! 3 ! 2",
                "b ! distinctShare ! 0.3333333333333333 ! 0.3333333333333333",
            })
    void numbersOfValuesAreThoseOfPandas(String column, String rule, double all, double ofTheGroup) throws Exception {
        List<Found> found = table().column(
                        column,
                        column.equals("a") ? "integer" : "string",
                        List.of("{ " + rule + ": { min: 0 } }", "{ " + rule + ": { min: 0 }, where: \"g = 'k'\" }"));
        assertThat(found.get(0).number()).isCloseTo(all, within(1e-12));
        assertThat(found.get(1).number()).isCloseTo(ofTheGroup, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "duplicates: { max: 0 } ! 0",
                "duplicates: { columns: [b], max: 0 } ! 6",
                "duplicates: { columns: [a, b], max: 0 } ! 3",
                "duplicates: { columns: [a, b], max: 0 }, where: \"g = 'k'\" ! 1",
                "duplicates: { columns: [b], maxShare: 0 }, where: \"g = 'k'\" ! 0.6666666666666666",
                "overlap: { with: other } ! 0.4",
                "overlap: { with: other, columns: [a] } ! 0.7",
                "rows: 1 ! 10",
                "rows: 1, where: \"g = 'k'\" ! 6",
                "rows: { sameAs: keys } ! 5",
                "rows: { sameAs: keys }, where: \"g = 'k'\" ! 1",
                "columnCount: 5 ! 6",
                "columnOrder: [a, b, y, x, t, g] ! 2",
                "columnOrder: [a, b, x] ! 3",
                "columnSet: { names: [g, t, y, x, b, a] } ! 0",
                "columnSet: { names: [a, b, q] } ! 5",
                "columnSet: { names: [a, b, q], exact: false } ! 1",
            })
    void numbersOfTheWholeAreThoseOfPandas(String rule, double expected) throws Exception {
        Found found = table().dataSet("{ " + rule + " }");
        assertThat(found.number()).as(found.check().observed()).isCloseTo(expected, within(1e-12));
        assertThat(found.check().share()).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "b ! string ! distinctValues: { equals: [w, v, u] } ! 0",
                "b ! string ! distinctValues: { within: [w, u, z] } ! 1",
                "b ! string ! distinctValues: { contains: [w, u, z, q] } ! 2",
                "b ! string ! distinctValues: { equals: [w, u, z] } ! 2",
                "a ! number ! distinctValues: { equals: [1, 2.0, 3, 4, 5] } ! 0",
                "b ! string ! mostCommon: [u, v] ! 0",
                "b ! string ! mostCommon: [v] ! 1",
                "a ! number ! mostCommon: [2] ! 0",
                "a ! integer ! mostCommon: [1] ! 1",
            })
    void setsOfValuesAreThoseOfPandas(String column, String type, String rule, long expected) throws Exception {
        for (String terms : List.of("", ", where: '1 = 1'")) {
            Found found = table().column(column, type, "{ " + rule + terms + " }");
            assertThat(found.check().violations()).as(found.check().observed()).isEqualTo(expected);
            assertThat(found.kept()).isEqualTo(expected == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2"})
    void columnsAreNamedOrNot(boolean all, int extra) throws Exception {
        String columns = all ? "{ a: {}, b: {}, x: {}, y: {}, t: {}, g: {} }" : "{ a: {}, b: {}, x: {}, y: {} }";
        Found found = table().contract("contract: c\nextraColumns: forbid\ncolumns: " + columns + "\n")
                .get(0);
        assertThat(found.check().violations()).isEqualTo(extra);
    }

    @ParameterizedTest
    @CsvSource({"a, 0", "q, 1"})
    void aColumnIsThereOrNot(String column, int missing) throws Exception {
        Found found = table().contract("contract: c\nmissingColumns: fail\ncolumns: { " + column + ": {} }\n")
                .get(0);
        assertThat(found.check().kind()).isEqualTo("present");
        assertThat(found.check().violations()).isEqualTo(missing);
    }
}
