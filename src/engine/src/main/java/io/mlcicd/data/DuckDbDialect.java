package io.mlcicd.data;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** DuckDB's way of writing what SQL leaves open. */
enum DuckDbDialect implements Dialect {
    INSTANCE;

    private static final Passes EACH_COLUMN = new Passes(25, false, OptionalDouble.empty());

    @Override
    public Passes passes() {
        return EACH_COLUMN;
    }

    @Override
    public String stacked(List<String> names, List<List<String>> rows, String from) {
        String list = rows.stream()
                .map(row -> IntStream.range(0, names.size())
                        .mapToObj(i -> "'" + names.get(i) + "': " + row.get(i))
                        .collect(Collectors.joining(", ", "{", "}")))
                .collect(Collectors.joining(", ", "[", "]"));
        return "(SELECT unnest(" + list + ", recursive := true) FROM " + from + ")";
    }

    @Override
    public String quantiles(String expression, List<Double> levels) {
        String list = levels.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        return "quantile_cont(" + expression + ", " + list + ")";
    }

    @Override
    public String matches(String expression, String pattern) {
        return "regexp_full_match(" + expression + ", " + DataEngine.literal(pattern) + ")";
    }

    @Override
    public String parsedTime(String expression, List<String> formats) {
        String list = formats.stream().map(DataEngine::literal).collect(Collectors.joining(", ", "[", "]"));
        return "try_strptime(" + expression + ", " + list + ")";
    }

    /** DuckDB takes trailing commas, NaN and infinities for JSON, which RFC 8259 does not. */
    @Override
    public String hash(String expression) {
        return "CAST('0x' || LEFT(md5(" + expression + "), 8) AS BIGINT)";
    }

    @Override
    public String isJson(String expression) {
        String withoutTexts = "regexp_replace(%s, '\"(\\\\.|[^\"\\\\])*\"', '\"\"', 'g')".formatted(expression);
        return "(json_valid(%s) AND NOT regexp_matches(%s, ',\\s*[\\]}]|(?i)nan|inf'))"
                .formatted(expression, withoutTexts);
    }

    @Override
    public String approximateDistinct(String expression) {
        return "approx_count_distinct(" + expression + ")";
    }

    @Override
    public String finite(String expression, ColumnType type) {
        String number = type == ColumnType.DATE || type == ColumnType.TIMESTAMP
                ? "epoch(" + expression + ")"
                : "CAST(" + expression + " AS DOUBLE)";
        return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
    }

    /** DuckDB's own bins hold their upper edge and not their lower; of the negated values they do the opposite. */
    @Override
    public String binCounts(String expression, List<Double> edges) {
        String bounds = edges.stream().map(edge -> DataEngine.literal(-edge)).collect(Collectors.joining(", "));
        return "list_reverse(map_values(histogram(-(" + expression + "), list_reverse([" + bounds + "]))))";
    }

    @Override
    public String indexIn(String expression, List<String> values) {
        String list = values.stream().map(DuckDbDialect::enumValue).collect(Collectors.joining(", "));
        return "CAST(enum_code(CAST(%s AS ENUM(%s))) AS INTEGER)".formatted(expression, list);
    }

    private static String enumValue(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    @Override
    public String numbered(String relation, String numberColumn) {
        return "(SELECT row_number() OVER () AS " + DataEngine.quote(numberColumn) + ", * FROM " + relation + ")";
    }
}
