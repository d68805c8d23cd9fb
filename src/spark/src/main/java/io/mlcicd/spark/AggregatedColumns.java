package io.mlcicd.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes a query for many aggregates of a whole relation apart. What they are made of goes into a query below: {@code SELECT
 * sum(a * b) FROM t} becomes {@code SELECT sum(v) FROM (SELECT a * b AS v FROM t)}. Spark compiles the query below, and computes
 * once what several aggregates have in common, where it would interpret the argument of an aggregate that keeps an object,
 * such as a sketch, for each row. And aggregates are parted into several queries of one row each, which are joined: too many at
 * once Spark does not compile, nor any beside one that keeps an object. A query that may mean something else afterwards stays
 * as it is.
 */
final class AggregatedColumns {

    private static final Set<String> KEEP_OBJECTS =
            Set.of("percentile", "percentile_approx", "hll_sketch_agg", "kll_sketch_agg_double");

    /** Those that leave out what is missing, so that a filter can stand in their argument. */
    private static final Set<String> AGGREGATES = Stream.concat(
                    KEEP_OBJECTS.stream(), Stream.of("count", "sum", "min", "max", "avg"))
            .collect(Collectors.toUnmodifiableSet());

    /** What may stand around aggregates. */
    private static final Set<String> FUNCTIONS = Set.of(
            "cast",
            "coalesce",
            "array",
            "abs",
            "sqrt",
            "least",
            "greatest",
            "hll_sketch_estimate",
            "kll_sketch_get_quantile_double");

    private static final Set<String> WORDS =
            Set.of("AS", "CASE", "WHEN", "THEN", "ELSE", "END", "AND", "OR", "NOT", "IS", "NULL", "TRUE", "FALSE");

    /** What follows a relation in a query that is more than aggregates of it, or is several queries. */
    private static final Set<String> MORE =
            Set.of("GROUP", "HAVING", "ORDER", "LIMIT", "WINDOW", "QUALIFY", "UNION", "EXCEPT", "INTERSECT");

    /** Of many more values, methods get too large for a virtual machine to compile. */
    private static final int VALUES_AT_ONCE = 40;

    /** However many columns there are: each query is a job of its own, and a job on a cluster costs a second. */
    private static final int MOST_QUERIES = 4;

    private final SqlTokens tokens;
    private final List<Item> items = new ArrayList<>();
    private boolean isComputed;

    private AggregatedColumns(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** Aggregates that are computed together. */
    private static final class Part {
        private final List<String> list = new ArrayList<>();
        /** Names in the query below, by what they stand for. */
        private final Map<String, String> values = new LinkedHashMap<>();

        void add(Item item) {
            StringBuilder written = new StringBuilder();
            item.pieces.forEach(piece -> written.append(piece.value() ? named(piece.sql()) : piece.sql()));
            list.add(written.toString().strip());
        }

        private String named(String value) {
            return values.computeIfAbsent(value, any -> "mlcicd_value_" + values.size());
        }

        String sql(String source) {
            if (values.isEmpty()) {
                return "SELECT %s %s".formatted(String.join(", ", list), source);
            }
            String below = values.entrySet().stream()
                    .map(value -> value.getKey() + " AS " + value.getValue())
                    .collect(Collectors.joining(", "));
            return "SELECT %s FROM (SELECT %s %s)".formatted(String.join(", ", list), below, source);
        }
    }

    /** The query, or queries of one row that make up its row. */
    static List<String> of(String sql) {
        return new AggregatedColumns(new SqlTokens(sql)).written();
    }

    private List<String> written() {
        int select = tokens.skipped(0);
        int from = tokens.is(select, "SELECT") ? from(select) : -1;
        if (from < 0 || !isUnderstood(select, from)) {
            return List.of(tokens.sql());
        }
        // What is a query itself shall not run more often than once.
        boolean isQuery = IntStream.range(from, tokens.size()).anyMatch(i -> tokens.is(i, "("));
        List<Part> parts = isQuery ? parted(items, 1) : parted();
        if (parts.size() == 1 && !isComputed) {
            return List.of(tokens.sql());
        }
        String source = tokens.text(from, tokens.size());
        return parts.stream().map(part -> part.sql(source)).toList();
    }

    private List<Part> parted() {
        Map<Boolean, List<Item>> kinds = items.stream().collect(Collectors.partitioningBy(item -> item.keepsObject));
        long values = kinds.get(false).stream()
                .flatMap(item -> item.pieces.stream())
                .filter(Piece::value)
                .distinct()
                .count();
        long queries = Math.min(MOST_QUERIES, (values + VALUES_AT_ONCE - 1) / VALUES_AT_ONCE);
        return Stream.concat(parted(kinds.get(false), queries).stream(), parted(kinds.get(true), 1).stream())
                .toList();
    }

    /** So many queries at most, of about as many aggregates each; neighbours stay together, for they are of one column. */
    private static List<Part> parted(List<Item> items, long queries) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (i * Math.max(queries, 1) / items.size() >= parts.size()) {
                parts.add(new Part());
            }
            parts.get(parts.size() - 1).add(items.get(i));
        }
        return parts;
    }

    /** The index of the word before the relation; negative when the query is no list of aggregates of one. */
    private int from(int select) {
        int from = -1;
        for (int i = select; i < tokens.size(); i++) {
            if (tokens.is(i, "(")) {
                i = tokens.close(i);
            } else if (tokens.is(i, "FROM") && from < 0) {
                from = i;
            } else if (MORE.contains(tokens.get(i))) {
                return -1;
            }
        }
        return from;
    }

    /** Reads the list; returns whether all of it is understood. */
    private boolean isUnderstood(int select, int from) {
        for (int[] range : tokens.arguments(select, from)) {
            Item item = new Item();
            if (!item.isRead(range[0], range[1])) {
                return false;
            }
            items.add(item);
        }
        return true;
    }

    /**
     * Part of an item.
     *
     * @param value whether it is to be computed for each row, below
     */
    private record Piece(String sql, boolean value) {}

    /** One of the columns that the query asks for. */
    private final class Item {
        private final List<Piece> pieces = new ArrayList<>();
        private boolean keepsObject;

        /** Finds what it consists of; returns whether all of it is understood. */
        boolean isRead(int start, int end) {
            boolean isAlias = false;
            for (int i = start; i < end; i++) {
                String token = tokens.get(i);
                char first = token.charAt(0);
                if ((Character.isLetter(first) || first == '"') && !isAlias) {
                    String word = token.toLowerCase(Locale.ROOT);
                    boolean called = tokens.is(i + 1, "(");
                    if (called && AGGREGATES.contains(word)) {
                        i = aggregate(i);
                        if (i < 0) {
                            return false;
                        }
                        continue;
                    }
                    if (called ? !FUNCTIONS.contains(word) : !WORDS.contains(token)) {
                        return false;
                    }
                }
                isAlias = token.equals("AS") || (isAlias && token.isBlank());
                pieces.add(new Piece(token, false));
            }
            return true;
        }

        /** Takes an aggregate; returns the index of its last token, negative when it cannot be moved. */
        private int aggregate(int at) {
            int close = tokens.close(at + 1);
            int next = tokens.next(close);
            int last = close;
            String condition = "";
            if (tokens.is(next, "FILTER")) {
                int open = tokens.next(next);
                last = tokens.close(open);
                condition = tokens.text(tokens.skipped(open + 1) + 1, last).strip();
            } else if (tokens.is(next, "OVER")) {
                return -1;
            }
            int comma = tokens.arguments(at + 1, close).get(0)[1];
            int begin = tokens.skipped(at + 2);
            boolean distinct = tokens.is(begin, "DISTINCT");
            if (!isOfOneRow(at + 2, last) || (distinct && comma < close) || !isConstant(comma, close)) {
                return -1;
            }
            keepsObject |= KEEP_OBJECTS.contains(tokens.get(at).toLowerCase(Locale.ROOT));
            String argument = tokens.text(distinct ? begin + 1 : begin, comma).strip();
            pieces.add(new Piece(tokens.get(at) + (distinct ? "(DISTINCT " : "("), false));
            if (argument.equals("*") && condition.isEmpty()) {
                pieces.add(new Piece("*", false));
            } else {
                pieces.add(new Piece(value(argument.equals("*") ? "1" : argument, condition), true));
            }
            pieces.add(new Piece(tokens.text(comma, close + 1), false));
            return last;
        }

        /** Whether tokens say something of each row for itself. */
        private boolean isOfOneRow(int from, int to) {
            for (int i = from; i < to; i++) {
                // Conditions are a user's own SQL.
                String word = tokens.get(i).toLowerCase(Locale.ROOT);
                if (word.equals("select")
                        || word.equals("over")
                        || (tokens.is(i + 1, "(") && AGGREGATES.contains(word))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether tokens name nothing that a row has. */
        private boolean isConstant(int from, int to) {
            return IntStream.range(from, to)
                    .mapToObj(tokens::get)
                    .noneMatch(token ->
                            token.startsWith("\"") || (Character.isLetter(token.charAt(0)) && !token.equals("array")));
        }

        private String value(String argument, String condition) {
            boolean isName = argument.startsWith("\"") && argument.indexOf('"', 1) == argument.length() - 1;
            String value = isName ? argument : "(" + argument + ")";
            isComputed |= !isName || !condition.isEmpty();
            return condition.isEmpty() ? value : "CASE WHEN (" + condition + ") THEN " + value + " END";
        }
    }
}
