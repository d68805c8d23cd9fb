package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.contract.AskedTable.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules on single values find exactly the rows that were planted among good ones and nulls, whichever rows are picked. */
class RowRulesPropertyTest {

    private static final List<String> WORDS = List.of("ab", "abc", "b-1", "zz9", "x y");

    @TempDir
    private Path folder;

    /**
     * A rule with what keeps and what breaks it.
     *
     * @param type the column's type
     * @param rule the keys that ask for it
     */
    private record Planted(String type, String rule, Function<Random, Object> good, Function<Random, Object> bad) {

        @Override
        public String toString() {
            return rule;
        }
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Planted words(String rule, List<String> good, List<String> bad) {
        return new Planted("string", rule, random -> any(random, good), random -> any(random, bad));
    }

    static Stream<Planted> rules() {
        return Stream.of(
                new Planted(
                        "number",
                        "min: -1, below: 1",
                        random -> -1 + random.nextDouble() * 2,
                        random -> any(random, List.of(1.0, -1.0000001, 1e9, Double.NaN, Double.POSITIVE_INFINITY))),
                new Planted(
                        "integer",
                        "above: 0, max: 9007199254740993",
                        random -> any(random, List.of(1L, 77L, 9007199254740993L)),
                        random -> any(random, List.of(0L, -5L, 9007199254740994L, Long.MAX_VALUE))),
                new Planted(
                        "date",
                        "min: '2024-02-29', max: '2024-03-01'",
                        random -> any(random, List.of("2024-02-29", "2024-03-01")),
                        random -> any(random, List.of("2024-02-28", "2024-03-02", "1970-01-01"))),
                new Planted(
                        "timestamp",
                        "above: '2024-02-29T12:00:00'",
                        random -> "2024-02-29T12:00:00." + (1 + random.nextInt(9)),
                        random -> "2024-02-29T1" + random.nextInt(2) + ":00:00"),
                words("min: b, max: z", List.of("b", "m", "bb", "z"), List.of("a", "za", "B", "é")),
                words("values: [ab, abc]", WORDS.subList(0, 2), WORDS.subList(2, 5)),
                words("notValues: [ab, abc]", WORDS.subList(2, 5), WORDS.subList(0, 2)),
                words("pattern: '[a-c0-9-]+'", WORDS.subList(0, 3), WORDS.subList(3, 5)),
                words("notPattern: '[a-c0-9-]+'", WORDS.subList(3, 5), WORDS.subList(0, 3)),
                words("length: { min: 2, max: 3 }", List.of("ab", "äöü", "😀😀"), List.of("a", "abcd", "😀")),
                words(
                        "dateFormat: '%d.%m.%Y'",
                        List.of("31.12.2020", "01.02.1999"), List.of("31.11.2020", "x", "2020")),
                words("json: true", List.of("{}", "[1,\"a,]\"]", "-1e9"), List.of("{", "[1,]", "NaN", "{'a':1}")),
                words(
                        "jsonSchema: { type: array, maxItems: 1 }",
                        List.of("[]", "[[1, 2]]"),
                        List.of("[1, 2]", "{}", "[", "1")),
                words("as: integer, max: 7", List.of("7", "-8", "seven"), List.of("8", "12345")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRowsThatWerePlantedAreFound(Planted planted) throws Exception {
        Random random = new Random(planted.rule().hashCode());
        List<Object> values = new ArrayList<>();
        List<Object> groups = new ArrayList<>();
        List<Long> bad = new ArrayList<>();
        List<Long> badOfA = new ArrayList<>();
        int concerned = 0;
        for (long row = 1; row <= 300; row++) {
            boolean isNull = random.nextInt(6) == 0;
            boolean isBad = !isNull && random.nextInt(5) == 0;
            String group = random.nextBoolean() ? "a" : "b";
            values.add(isNull ? null : (isBad ? planted.bad() : planted.good()).apply(random));
            groups.add(group);
            concerned += isNull ? 0 : 1;
            if (isBad) {
                bad.add(row);
            }
            if (isBad && group.equals("a")) {
                badOfA.add(row);
            }
        }
        Map<String, List<?>> columns = new LinkedHashMap<>();
        columns.put("v", values);
        columns.put("g", groups);
        double keptShare = 1 - (double) bad.size() / concerned;
        List<Found> found = AskedTable.of(folder, AskedTable.csv(columns))
                .column(
                        "v",
                        planted.type(),
                        List.of(
                                "{ " + planted.rule() + " }",
                                "{ " + planted.rule() + ", where: \"g = 'a'\" }",
                                "{ " + planted.rule() + ", where: \"g = 'b'\" }",
                                "{ " + planted.rule() + ", mostly: " + (keptShare - 0.001) + " }",
                                "{ " + planted.rule() + ", mostly: " + (keptShare + 0.001) + " }"));
        assertThat(found.get(0).rows()).isEqualTo(bad);
        assertThat(found.get(0).check().violations()).isEqualTo(bad.size());
        assertThat(found.get(1).rows()).isEqualTo(badOfA);
        assertThat(found.get(2).check().violations()).isEqualTo(bad.size() - badOfA.size());
        assertThat(found.get(3).kept()).isTrue();
        assertThat(found.get(4).kept()).isFalse();
        assertThat(found.get(4).rows()).isEqualTo(bad);
        assertThat(found.get(4).number()).isEqualTo(1 - (double) bad.size() / concerned);
    }
}
