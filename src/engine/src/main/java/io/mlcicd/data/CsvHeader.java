package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first record of a CSV or TSV file: what separates fields, and the columns' exact names. It is read here and not
 * left to the engine's guess, which in a broken file finds a dialect that makes one wide column of all.
 *
 * @param delimiter what separates fields
 * @param names the columns' names; a column whose name is empty is called {@code column} and its position from 1, for
 *     that is how data frames with an unnamed index are written
 */
record CsvHeader(char delimiter, List<String> names) {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONGEST = 1 << 20;

    /**
     * Reads the first record.
     *
     * @throws InvalidInputException when there is none, it is not UTF-8, or two columns have the same name
     */
    static CsvHeader read(FileSource source) {
        String record = firstRecord(source);
        char delimiter = source.formatOrNames() == Format.TSV ? '\t' : likeliestDelimiter(record);
        List<String> names = new ArrayList<>();
        for (String field : fields(record, delimiter)) {
            names.add(field.isBlank() ? "column" + (names.size() + 1) : field);
        }
        refuseDuplicates(source, names);
        return new CsvHeader(delimiter, List.copyOf(names));
    }

    private static String firstRecord(FileSource source) {
        StringBuilder record = new StringBuilder();
        boolean quoted = false;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(source.path()), StandardCharsets.UTF_8.newDecoder()))) {
            for (int c = in.read(); c >= 0 && record.length() < LONGEST; c = in.read()) {
                if (record.isEmpty() && (c == BYTE_ORDER_MARK || c == '\n' || c == '\r')) {
                    continue;
                }
                quoted ^= c == '"';
                if (!quoted && (c == '\n' || c == '\r')) {
                    break;
                }
                record.append((char) c);
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(TextProblems.notUtf8(source), e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + source.shown() + ": " + e.getMessage(), e);
        }
        if (record.isEmpty()) {
            throw new InvalidInputException(
                    source.shown() + " is empty; a header with the columns' names was expected");
        }
        return record.toString();
    }

    private static char likeliestDelimiter(String record) {
        char best = DELIMITERS.get(0);
        int most = 1;
        for (char delimiter : DELIMITERS) {
            int found = fields(record, delimiter).size();
            if (found > most) {
                best = delimiter;
                most = found;
            }
        }
        return best;
    }

    private static List<String> fields(String record, char delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '"' && quoted && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static void refuseDuplicates(FileSource source, List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new InvalidInputException(
                        other.equals(name)
                                ? "%s:1: two columns are called '%s'; give each its own name"
                                        .formatted(source.shown(), name)
                                : "%s:1: the columns '%s' and '%s' differ in case alone; give each its own name"
                                        .formatted(source.shown(), other, name));
            }
        }
    }
}
