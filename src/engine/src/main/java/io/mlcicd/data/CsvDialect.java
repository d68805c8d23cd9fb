package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a CSV or TSV file is written, and the columns' exact names. It is found here and not left to the engine's guess,
 * which in a broken file finds a dialect that makes one wide column of all.
 *
 * @param delimiter what separates fields
 * @param quote what encloses a field
 * @param header whether the first record holds the names
 * @param names the columns' names; a column whose name is empty is called {@code column} and its position from 1, for
 *     that is how data frames with an unnamed index are written, and so are all columns where there is no header
 */
public record CsvDialect(char delimiter, char quote, boolean header, List<String> names) {

    /** Wider tables cost the engine minutes and gigabytes to plan a single query over, whatever their rows. */
    public static final int MOST_COLUMNS = 20_000;

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    /** A whole number may be a column's name, a year for one. */
    private static final String WHOLE = "[+-]?\\d+";

    private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";
    private static final String MOMENT = "\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}.*)?";

    /**
     * Finds it out from the first records.
     *
     * @throws InvalidInputException when there are none, they are not UTF-8, or two columns have the same name
     */
    public static CsvDialect of(DataFile file, Format format, ReadOptions options) {
        char quote = options.quoteOrUsual();
        List<String> records = CsvRecords.first(file, quote);
        String first = records.get(0);
        char delimiter =
                options.delimiter().orElseGet(() -> format == Format.TSV ? '\t' : likeliestDelimiter(records, quote));
        List<List<String>> sample = records.stream()
                .map(record -> CsvRecords.fields(record, delimiter, quote))
                .toList();
        List<String> fields = sample.get(0);
        if (options.quote().isEmpty() && isInSingleQuotes(first)) {
            return of(file, format, options.withQuote('\''));
        }
        if (fields.size() > MOST_COLUMNS) {
            throw new InvalidInputException(
                    "%s:1: has %,d columns and may have %,d; write long data (a row per value) or lists in Parquet instead"
                            .formatted(file.shown(), fields.size(), MOST_COLUMNS));
        }
        boolean header = options.header().orElseGet(() -> !isData(fields, sample.subList(1, sample.size())));
        List<String> names = IntStream.range(0, fields.size())
                .mapToObj(i -> !header || fields.get(i).isBlank() ? "column" + (i + 1) : fields.get(i))
                .toList();
        refuseDuplicates(file, names);
        return new CsvDialect(delimiter, quote, header, names);
    }

    /** That which makes most columns of the first record, first among those that make as many of each one below. */
    private static char likeliestDelimiter(List<String> records, char quote) {
        char best = DELIMITERS.get(0);
        int most = 1;
        boolean bestIsEven = false;
        for (char delimiter : DELIMITERS) {
            int found = CsvRecords.fields(records.get(0), delimiter, quote).size();
            boolean even = found > 1
                    && records.stream()
                            .allMatch(record ->
                                    CsvRecords.fields(record, delimiter, quote).size() == found);
            if ((even && !bestIsEven) || (even == bestIsEven && found > most)) {
                best = delimiter;
                most = found;
                bestIsEven = even;
            }
        }
        return best;
    }

    private static boolean isInSingleQuotes(String record) {
        return record.length() > 2 && record.startsWith("'") && record.endsWith("'") && !record.contains("\"");
    }

    /**
     * Whether the first record is data as those below it: each field has the kind of its column, and nobody would name
     * columns so, because no field is a text, a field is a fraction, or two are equal.
     */
    private static boolean isData(List<String> first, List<List<String>> below) {
        List<String> kinds = first.stream().map(CsvDialect::kind).toList();
        boolean valued = kinds.stream().anyMatch(kind -> !kind.equals("text") && !kind.isEmpty());
        boolean alike = !below.isEmpty()
                && below.stream()
                        .filter(record -> record.size() == first.size())
                        .allMatch(record -> IntStream.range(0, first.size())
                                .allMatch(i -> fits(kinds.get(i), kind(record.get(i)))));
        boolean noNames =
                !kinds.contains("text") || kinds.contains("fraction") || new HashSet<>(first).size() < first.size();
        return valued && alike && noNames;
    }

    private static boolean fits(String kind, String below) {
        boolean numbers = (kind.equals("whole") || kind.equals("fraction"))
                && (below.equals("whole") || below.equals("fraction"));
        return kind.equals(below) || below.isEmpty() || kind.isEmpty() || numbers;
    }

    private static String kind(String field) {
        String text = field.trim();
        if (text.isEmpty()) {
            return "";
        }
        if (text.matches(WHOLE)) {
            return "whole";
        }
        if (text.matches(NUMBER)) {
            return "fraction";
        }
        return text.matches(MOMENT) || text.matches("(?i)true|false") ? "value" : "text";
    }

    /**
     * Refuses a file of the same data set that is not written alike.
     *
     * @throws InvalidInputException when its columns are others; the message names the first that differs
     */
    public void requireSame(CsvDialect other, DataFile first, DataFile file) {
        if (names.size() != other.names.size()) {
            throw new InvalidInputException("%s has %d columns, yet %s has %d; all files of a data set have the same"
                    .formatted(file.shown(), other.names.size(), first.shown(), names.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(other.names.get(i))) {
                throw new InvalidInputException(
                        "%s: column %d is '%s', yet in %s it is '%s'; all files of a data set have the same columns"
                                .formatted(file.shown(), i + 1, other.names.get(i), first.shown(), names.get(i)));
            }
        }
        if (delimiter != other.delimiter && names.size() > 1) {
            throw new InvalidInputException(
                    "%s is not separated as %s is; all files of a data set are written alike, or say how (delimiter)"
                            .formatted(file.shown(), first.shown()));
        }
        if (header != other.header) {
            throw new InvalidInputException("%s seems to have %s header, unlike %s; say which is right (header)"
                    .formatted(file.shown(), other.header ? "a" : "no", first.shown()));
        }
    }

    private static void refuseDuplicates(DataFile file, List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new InvalidInputException(
                        other.equals(name)
                                ? "%s:1: two columns are called '%s'; give each its own name"
                                        .formatted(file.shown(), name)
                                : "%s:1: the columns '%s' and '%s' differ in case alone; give each its own name"
                                        .formatted(file.shown(), other, name));
            }
        }
    }
}
