package io.mlcicd.data.expression;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The functions that an expression may call: those without effect outside their arguments. */
final class Functions {

    record Arity(int least, int most) {}

    static final Map<String, Arity> SCALAR = new TreeMap<>();
    static final Map<String, Arity> AGGREGATE = new TreeMap<>();
    static final List<String> TYPES = List.of("BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP");

    static {
        put(SCALAR, 1, 1, "abs floor ceil sign ln log10 exp sqrt length lower upper trim ltrim rtrim");
        put(SCALAR, 1, 1, "year month day hour minute second isnan");
        put(SCALAR, 1, 2, "round");
        put(SCALAR, 2, 2, "power mod nullif regexp_matches starts_with contains date_part date_trunc");
        put(SCALAR, 3, 3, "replace date_diff");
        put(SCALAR, 2, 3, "substring");
        put(SCALAR, 1, 100, "coalesce greatest least");
        put(AGGREGATE, 1, 1, "sum avg min max count median stddev_samp stddev_pop var_samp var_pop");
        put(AGGREGATE, 2, 2, "quantile_cont");
    }

    private Functions() {}

    private static void put(Map<String, Arity> functions, int least, int most, String names) {
        for (String name : names.split(" ", -1)) {
            functions.put(name, new Arity(least, most));
        }
    }

    /** The engine's name of a function that is commonly written otherwise. */
    static String canonical(String lower) {
        return switch (lower) {
            case "ceiling" -> "ceil";
            case "pow" -> "power";
            case "substr" -> "substring";
            case "stddev" -> "stddev_samp";
            case "variance" -> "var_samp";
            case "quantile" -> "quantile_cont";
            case "mean" -> "avg";
            default -> lower;
        };
    }
}
