package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.data.DataEngine;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Contracts that ask everything there is of one column. */
final class EveryCheck {

    private static final List<String> OF_ANY = List.of(
            "{maxNullShare: 0}",
            "{nullShare: {max: 0}}",
            "{types: [date]}",
            "{monotonic: strictlyDecreasing}",
            "{monotonic: increasing}",
            "{distinct: {max: 0}}",
            "{distinctShare: {max: 0}}",
            "{unique: true}",
            "{rarestShare: {min: 2}}",
            "{classBalance: {min: 2}}",
            "{entropy: {min: 99}}",
            "{distribution: {max: 0}}",
            "{distribution: {against: accepted, method: linf, min: 9}}",
            "{json: true}",
            "{jsonSchema: {title: \"it's\", type: object}}",
            "{length: {max: 1}}",
            "{dateFormat: \"%Y'%m\"}",
            "{newCategories: {max: -1}}",
            "{vanishedCategories: {max: -1}}",
            "{as: date, min: \"2020-01-01\"}");

    private static final List<String> OF_TEXTS = List.of(
            "{min: zz, max: zzz}",
            "{above: zz}",
            "{below: '!'}",
            "{values: [\"a'b\", 'a\\\\b']}",
            "{notValues: [\"a'b\", \"'); DROP TABLE data_1; --\"]}",
            "{pattern: \"a'\\\\\\\\.*\"}",
            "{notPattern: \"(?s).*\"}",
            "{distinctValues: {within: [\"a'b\"]}}",
            "{distinctValues: {contains: [\"';\"]}}",
            "{distinctValues: {equals: ['\"']}}",
            "{meanLength: {max: 0}}",
            "{shares: {\"a'b\": {min: 0.9}}}",
            "{mostCommon: [\"'\"]}",
            "{divergence: {values: [\"a'b\"], weights: [1], max: 0}}");

    private static final List<String> OF_NUMBERS = List.of(
            "{min: 1e6}",
            "{max: -1e6}",
            "{above: 1e6}",
            "{below: -1e6}",
            "{values: [1.5]}",
            "{notValues: [1, 4711]}",
            "{distinctValues: {within: [1.5]}}",
            "{distinctValues: {contains: [1.5]}}",
            "{distinctValues: {equals: [1.5]}}",
            "{shares: {'1': {min: 0.9}}}",
            "{mostCommon: [1.5]}",
            "{mean: {min: 1e9}}",
            "{median: {min: 1e9}}",
            "{stdDev: {min: 1e9}}",
            "{sum: {min: 1e9}}",
            "{smallest: {min: 1e9}}",
            "{largest: {min: 1e9}}",
            "{quantiles: {'0.33': {min: 1e9}, '0.5': {min: 1e9}}}",
            "{outliers: {method: iqr, limit: 0.01, max: 0}}",
            "{outliers: {limit: 0.01, max: 0}}",
            "{divergence: {bins: [0, 1, 2], weights: [1, 1], max: 0}}",
            "{distribution: {method: wasserstein, max: 0}}",
            "{distribution: {method: ks, max: 0}}");

    private static final List<String> OF_THE_DATA = List.of(
            "{rows: {max: 0}}",
            "{rows: {sameAs: keys}}",
            "{freshness: {column: other, maxAge: 1h}}",
            "{volume: {column: other, max: 0}}",
            "{overlap: {with: keys, columns: [$c]}}",
            "{skew: {with: keys, columns: [$c], max: -1}}",
            "{unique: [$c]}",
            "{unique: [$c, other]}",
            "{primaryKey: [$c]}",
            "{foreignKey: {columns: [$c], in: keys, keys: [$c]}}",
            "{foreignKey: {columns: [$c, other], in: keys, keys: [$c, other]}}",
            "{condition: $q}",
            "{if: $n, then: $q}",
            "{leakage: {label: other, columns: [$c], max: -1}}",
            "{leakage: {label: $c, columns: [other], max: -1}}",
            "{duplicates: {columns: [$c], max: 0}}",
            "{duplicates: {maxShare: 0}}");

    private static final List<String> OF_ALL_ROWS = List.of(
            "{rows: {maxChange: -2}}", "{columnCount: {max: 0}}", "{columnOrder: [$c]}", "{columnSet: {names: [$c]}}");

    private static final List<String> OF_NUMBERS_IN_ROWS = List.of(
            "{sum: {columns: [$c, other], equals: -1}}",
            "{sum: {columns: [other], equals: $c}}",
            "{correlation: {columns: [$c, other], min: 2}}",
            "{correlation: {columns: [$c, other], method: spearman, min: 2}}");

    private static final Pattern KEY = Pattern.compile("(\\w+):");

    private EveryCheck() {}

    /** All checks of a column of texts or of numbers, each for all rows and for those of a condition on the column. */
    static String contract(String column, boolean numbers, boolean sensitive) {
        StringBuilder yaml = new StringBuilder("contract: all\ncolumns:\n  ");
        yaml.append(text(column)).append(":\n    type: ").append(numbers ? "number" : "string");
        yaml.append("\n    sensitive: ").append(sensitive).append("\n    checks:\n");
        add(OF_ANY, column, yaml);
        add(numbers ? OF_NUMBERS : OF_TEXTS, column, yaml);
        yaml.append("checks:\n");
        add(OF_THE_DATA, column, yaml);
        OF_ALL_ROWS.forEach(
                check -> yaml.append("      - ").append(item(check, column)).append('\n'));
        if (numbers) {
            add(OF_NUMBERS_IN_ROWS, column, yaml);
        }
        return yaml.toString();
    }

    private static void add(List<String> checks, String column, StringBuilder yaml) {
        String quoted = DataEngine.quote(column);
        String where = ", where: " + text(quoted + " IS NOT NULL AND other > 1") + "}";
        for (String check : checks) {
            String item = item(check, column);
            yaml.append("      - ").append(item).append("\n      - ");
            yaml.append(item, 0, item.length() - 1).append(where).append('\n');
        }
    }

    private static String item(String check, String column) {
        String quoted = DataEngine.quote(column);
        return check.replace("$q", text(quoted + " IS NULL OR " + quoted + " <> " + quoted))
                .replace("$n", text(quoted + " IS NOT NULL"))
                .replace("$c", text(column));
    }

    /** Texts of JSON are texts of YAML. */
    private static String text(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    /** The keys of a contract that these checks have. */
    static Set<String> keys() {
        return Stream.of(OF_ANY, OF_TEXTS, OF_NUMBERS, OF_THE_DATA, OF_ALL_ROWS, OF_NUMBERS_IN_ROWS)
                .flatMap(List::stream)
                .flatMap(check -> KEY.matcher(check).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The keys that a check can have by the schema, but for its terms. */
    static Set<String> known() {
        Set<String> keys = new TreeSet<>();
        try (InputStream schema = EveryCheck.class.getResourceAsStream("/io/mlcicd/schema/contract.schema.json")) {
            JsonNode definitions = Json.mapper().readTree(schema).path("$defs");
            for (String kind : List.of("columnCheck", "dataSetCheck")) {
                definitions.path(kind).path("properties").fieldNames().forEachRemaining(keys::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.removeAll(Set.of("name", "mostly", "where", "criticality"));
        return keys;
    }
}
