package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.operation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract is kept or broken by the same rows wherever it is asked. */
class ContractsOnBothEnginesTest {

    private static final List<String> OF_ANY = List.of(
            "maxNullShare: 0",
            "types: [date]",
            "monotonic: strictlyDecreasing",
            "monotonic: increasing",
            "distinct: {max: 0}",
            "distinctShare: {max: 0}",
            "unique: true",
            "rarestShare: {min: 2}",
            "classBalance: {min: 2}",
            "entropy: {min: 99}",
            "distribution: {max: 0}",
            "distribution: {against: accepted, method: linf, min: 9}",
            "json: true",
            "jsonSchema: {title: \"it's\", type: object}",
            "length: {max: 1}",
            "dateFormat: \"%Y'%m\"",
            "newCategories: {max: -1}",
            "vanishedCategories: {max: -1}",
            "as: date, min: \"2020-01-01\"");

    private static final List<String> OF_TEXTS = List.of(
            "min: zz, max: zzz",
            "above: zz",
            "below: '!'",
            "values: [\"a'b\", 'a\\\\b']",
            "notValues: [\"a'b\", \"'); DROP TABLE data_1; --\"]",
            "pattern: \"a'\\\\\\\\.*\"",
            "pattern: '[a-z]+'",
            "pattern: '(?i)NULL|(?P<w>\\pL)\\W.*'",
            "notPattern: \"(?s).*\"",
            "distinctValues: {within: [\"a'b\"]}",
            "distinctValues: {contains: [\"';\"]}",
            "distinctValues: {equals: ['\"']}",
            "meanLength: {max: 0}",
            "length: {min: 3, max: 5}",
            "shares: {\"a'b\": {min: 0.9}}",
            "mostCommon: [\"'\"]",
            "divergence: {values: [\"a'b\"], weights: [1], max: 0}");

    private static final List<String> OF_NUMBERS = List.of(
            "min: 1",
            "max: 3",
            "above: 1e6",
            "below: -1e6",
            "values: [1.5]",
            "notValues: [1, 4711]",
            "distinctValues: {within: [1.5]}",
            "distinctValues: {contains: [1.5]}",
            "distinctValues: {equals: [1.5]}",
            "shares: {'1': {min: 0.9}}",
            "mostCommon: [1.5]",
            "mean: {min: 1e9}",
            "median: {min: 1e9}",
            "stdDev: {min: 1e9}",
            "sum: {min: 1e9}",
            "smallest: {min: 1e9}",
            "largest: {min: 1e9}",
            "quantiles: {'0.33': {min: 1e9}, '0.5': {min: 1e9}}",
            "outliers: {method: iqr, limit: 0.01, max: 0}",
            "outliers: {limit: 0.01, max: 0}",
            "divergence: {bins: [0, 1, 2], weights: [1, 1], max: 0}",
            "distribution: {method: wasserstein, max: 0}",
            "distribution: {method: ks, max: 0}");

    private static final List<String> OF_THE_DATA = List.of(
            "rows: {max: 0}",
            "rows: {sameAs: keys}",
            "overlap: {with: keys, columns: [$c]}",
            "skew: {with: keys, columns: [$c], max: -1}",
            "unique: [$c]",
            "unique: [$c, other]",
            "primaryKey: [$c]",
            "foreignKey: {columns: [$c], in: keys, keys: [$c]}",
            "foreignKey: {columns: [$c, other], in: keys, keys: [$c, other]}",
            "condition: $q",
            "if: $n, then: $q",
            "leakage: {label: other, columns: [$c], max: -1}",
            "leakage: {label: $c, columns: [other], max: -1}",
            "duplicates: {columns: [$c], max: 0}",
            "duplicates: {maxShare: 0}");

    private static final List<String> OF_ALL_ROWS =
            List.of("rows: {maxChange: -2}", "columnCount: {max: 0}", "columnOrder: [$c]", "columnSet: {names: [$c]}");

    private static final List<String> OF_NUMBERS_IN_ROWS = List.of(
            "sum: {columns: [$c, other], equals: -1}",
            "sum: {columns: [other], equals: $c}",
            "correlation: {columns: [$c, other], min: 2}",
            "correlation: {columns: [$c, other], method: spearman, min: 2}");

    private static final List<String> OF_TIMES = List.of(
            "min: \"2020-01-03\"",
            "max: \"2020-01-03\"",
            "notValues: [\"2020-01-02\"]",
            "monotonic: increasing",
            "unique: true",
            "distribution: {method: ks, max: 0}",
            "distinct: {max: 0}");

    private static final List<String> TEXTS = List.of(
            "'); DROP TABLE data_1; --",
            "\"; DROP TABLE data_1; --",
            "a'b",
            "a\"b",
            "a\nb",
            "a\\b",
            "%s $1 ${x}",
            "\ud83d\ude42",
            "*",
            "NULL",
            "a'b",
            "\u00e9\\u0041",
            "`x`");

    private static BothEngines engines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws InterruptedException {
        engines = BothEngines.start();
    }

    @AfterAll
    static void end() {
        if (engines != null) {
            engines.close();
        }
    }

    private static String text(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String field(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Each check for all rows, and for those of a condition. */
    private static Stream<String> twice(List<String> checks, String column) {
        String quoted = DataEngine.quote(column);
        return checks.stream()
                .map(check -> check.replace("$q", text(quoted + " IS NULL OR " + quoted + " <> " + quoted))
                        .replace("$n", text(quoted + " IS NOT NULL"))
                        .replace("$c", text(column)))
                .flatMap(check -> Stream.of(
                        "{" + check + "}",
                        "{" + check + ", where: " + text(quoted + " IS NOT NULL AND other > 1") + "}"));
    }

    private static String items(Stream<String> checks) {
        return checks.map(check -> "      - " + check + "\n").collect(Collectors.joining());
    }

    private JsonNode validated(String contract, String csv, String keys, String before) throws Exception {
        return engines.validated(request(contract, csv, keys, before));
    }

    private ValidationRequest request(String contract, String csv, String keys, String before) throws Exception {
        Path data = Files.writeString(folder.resolve("t.csv"), csv);
        Path other = Files.writeString(folder.resolve("keys.csv"), keys);
        DataSource earlier = DataSource.of("t", Files.writeString(folder.resolve("before.csv"), before));
        DataProfile profile;
        try (DataEngine engine = DataEngine.embedded(earlier)) {
            profile = Profiler.profile(engine, engine.open(earlier));
        }
        Path baseline = folder.resolve("baseline.json");
        DataProfiles.write(profile, baseline);
        Path yaml = Files.writeString(folder.resolve("contract.yml"), contract);
        return new ValidationRequest(
                Optional.empty(),
                List.of(new ContractedData(
                        DataSource.of("t", data), yaml, "contract.yml", Optional.of(baseline), Optional.of(profile))),
                List.of(DataSource.of("keys", other)),
                3);
    }

    private static String csv(String column, boolean numbers, int rows) {
        StringBuilder csv = new StringBuilder(field(column)).append(",other\n");
        for (int i = 0; i < rows; i++) {
            String value = numbers ? String.valueOf(i * i % 7 - 1.5) : field(TEXTS.get(i % TEXTS.size()));
            csv.append(i == 5 ? "" : value).append(',').append(i % 4).append('\n');
        }
        return csv.toString();
    }

    private void everyCheck(String column, boolean numbers) throws Exception {
        String contract =
                "contract: all\ncolumns:\n  " + text(column) + ":\n    type: " + (numbers ? "number" : "string")
                        + "\n    checks:\n" + items(twice(OF_ANY, column))
                        + items(twice(numbers ? OF_NUMBERS : OF_TEXTS, column)) + "checks:\n"
                        + items(twice(OF_THE_DATA, column))
                        + items(OF_ALL_ROWS.stream().map(check -> "{" + check.replace("$c", text(column)) + "}"))
                        + (numbers ? items(twice(OF_NUMBERS_IN_ROWS, column)) : "");
        JsonNode checks = validated(
                        contract, csv(column, numbers, 60), csv(column, numbers, 3), csv(column, numbers, 9))
                .at("/details/data/0/checks");
        assertThat(checks.size()).isGreaterThan(100);
    }

    @Test
    void everyCheckOfNumbers() throws Exception {
        everyCheck("plain column", true);
    }

    @Test
    void everyCheckOfTexts() throws Exception {
        everyCheck("plain column", false);
    }

    @Test
    void namesThatMeanSomethingElse() throws Exception {
        everyCheck("a`b\"c.d'e; \ud83d\ude42 $1\\n", false);
    }

    @Test
    void namesThatAreWordsOfSql() throws Exception {
        everyCheck("select", true);
    }

    @Test
    void everyCheckOfTimes() throws Exception {
        StringBuilder csv = new StringBuilder("d,t,x\n");
        for (int i = 0; i < 40; i++) {
            csv.append("2020-01-0%d,2020-01-0%dT%02d:00:00,%d\n".formatted(1 + i * i % 9, 1 + i % 8, i % 24, i));
        }
        csv.append(",,1\n");
        String contract = "contract: times\ncolumns:\n  d:\n    type: date\n    checks:\n"
                + items(OF_TIMES.stream().map(check -> "{" + check + "}"))
                + "  t:\n    type: timestamp\n    checks:\n"
                + items(OF_TIMES.stream().map(check -> "{" + check + ", where: 'x > 3'}")) + "checks:\n"
                + items(Stream.of("day", "week", "month", "hour")
                        .flatMap(by -> Stream.of("d", "t")
                                .map(column -> "{volume: {column: %s, by: %s, min: 3}}".formatted(column, by))));
        validated(contract, csv.toString(), "x\n1\n", csv.toString());
    }

    /** Ages grow between the two runs; the newest times, and what they are worth, do not. */
    @Test
    void howOldTheNewestRowsAre() throws Exception {
        String csv = "d,t,x\n2020-01-02,2020-01-02T10:00:00.5,1\n2020-01-03,2019-12-31T23:59:59,2\n,,3\n";
        String contract = "contract: ages\ncolumns:\n  d: { type: date }\n  t: { type: timestamp }\nchecks:\n"
                + items(Stream.of("d", "t")
                        .flatMap(column -> Stream.of("36h", "90000d").flatMap(age -> {
                            String check = "freshness: {column: " + column + ", maxAge: " + age + "}";
                            return Stream.of("{" + check + "}", "{" + check + ", where: 'x < 2'}");
                        })));
        ValidationRequest request = request(contract, csv, "x\n1\n", csv);
        List<String> here = told(DataEngines.EMBEDDED, request);
        assertThat(here).hasSize(8).anyMatch(check -> check.startsWith("FAILED a newest time of 2020-01-02T10:00:0"));
        assertThat(told(engines.spark(), request)).isEqualTo(here);
    }

    private static List<String> told(DataEngines engines, ValidationRequest request) throws InterruptedException {
        return new ValidateData(engines)
                .run(request, Progress.NONE).details().data().get(0).checks().stream()
                        .filter(check -> check.kind().equals("freshness"))
                        .map(check -> check.outcome() + " " + check.observed().replaceFirst(", [^,]* old$", ""))
                        .toList();
    }

    @Test
    void textsThatAreDates() throws Exception {
        String csv = """
                d,n
                31.12.2020,1
                1.2.2020,2
                31.02.2020,3
                2020-01-02,4
                Jan 2 2020,5
                20200102,6
                12/31/20 1:02 PM,7
                2020-060,8
                2020-01-02 10:00:00.5,9
                x,10
                ,11
                2020-01-02 24:00,12
                Thu 2 January 2020,13
                """;
        String contract = "contract: dates\ncolumns:\n  d:\n    type: string\n    checks:\n"
                + items(Stream.of(
                                "'%d.%m.%Y'",
                                "'%Y-%m-%d'",
                                "['%d.%m.%Y', '%Y-%m-%d', '%b %d %Y']",
                                "'%Y%m%d'",
                                "'%m/%d/%y %I:%M %p'",
                                "'%Y-%j'",
                                "'%Y-%m-%d %H:%M:%S.%f'",
                                "'%Y-%m-%d %H:%M'",
                                "'%a %d %B %Y'",
                                "'%-d.%-m.%Y'")
                        .map(format -> "{dateFormat: " + format + "}"));
        validated(contract, csv, "x\n1\n", csv);
    }

    /** More than doubles hold, and sums beyond 64 bits. */
    @Test
    void longNumbers() throws Exception {
        String csv =
                "i,x\n9223372036854775807,1e300\n9223372036854775806,1e-300\n9223372036854775807,-1e300\n,inf\n1,nan\n";
        String contract = "contract: long\ncolumns:\n  i:\n    type: integer\n    checks:\n"
                + items(Stream.of(
                        "{max: 9223372036854775806}",
                        "{unique: true}",
                        "{sum: {max: 1}}",
                        "{mean: {max: 1}}",
                        "{values: [1, 9223372036854775806]}",
                        "{largest: {max: 1}}"))
                + "  x:\n    type: number\n    checks:\n"
                + items(Stream.of(
                        "{max: 1}", "{sum: {max: 1}}", "{mean: {max: 1}}", "{stdDev: {max: 1}}", "{unique: true}"));
        validated(contract, csv, "x\n1\n", csv);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "columns: { s: { type: string, checks: [{ pattern: '(?=a)b' }] } }",
                "columns: { s: { type: string, checks: [{ pattern: '(a)\\1' }] } }",
                "columns: { s: { type: string, checks: [{ notPattern: '(a' }] } }",
                "columns: { s: { type: string, checks: [{ dateFormat: '%Q' }] } }",
                "columns: { s: { type: string, checks: [{ dateFormat: '%Y-%' }] } }",
                "checks: [{ condition: \"regexp_matches(s, '(?<!a)b')\" }]",
                "checks: [{ condition: 'nobody > 1' }]"
            })
    void whatIsRefused(String contract) throws Exception {
        Path data = Files.writeString(folder.resolve("t.csv"), "s,n\nab,1\n");
        Path yaml = Files.writeString(folder.resolve("contract.yml"), "contract: c\n" + contract + "\n");
        assertThat(engines.refused(new ValidationRequest(
                        Optional.empty(), List.of(new ContractedData(DataSource.of("t", data), yaml)))))
                .doesNotStartWith("no refusal");
    }
}
