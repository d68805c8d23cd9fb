package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns that Hive and those after it keep in the names of folders, {@code day=2026-01-31}. They come after the files'
 * own columns and have the type that their values have as text.
 */
public final class Partitions {

    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    /** What the reader calls the column that says which file a row is from. */
    private static final String FILE = "file of the row";

    private final Map<String, ColumnType> types;

    private Partitions(Map<String, ColumnType> types) {
        this.types = types;
    }

    static Partitions of(DuckDbSession session, List<DataFile> files) throws SQLException, InterruptedException {
        List<String> keys = keys(files);
        if (keys.isEmpty()) {
            return new Partitions(Map.of());
        }
        String rows = files.stream()
                .map(file -> keys.stream()
                        .map(key -> value(file, key).map(DataEngine::literal).orElse("NULL"))
                        .collect(Collectors.joining(", ", "(", ")")))
                .distinct()
                .collect(Collectors.joining(", "));
        String names = keys.stream().map(DataEngine::quote).collect(Collectors.joining(", "));
        Row census = session.query(TextTypes.census(keys, "(VALUES %s) AS partitions(%s)".formatted(rows, names)))
                .get(0);
        return new Partitions(TextTypes.choose(keys, census));
    }

    /**
     * The keys in their order, from above to below.
     *
     * @throws InvalidInputException when files differ in them
     */
    public static List<String> keys(List<DataFile> files) {
        List<String> keys = keys(files.get(0));
        for (DataFile file : files) {
            if (!keys(file).equals(keys)) {
                throw new InvalidInputException("%s is in folders of the keys %s, yet %s of %s; move one of them"
                        .formatted(files.get(0).shown(), keys, file.shown(), keys(file)));
            }
        }
        return keys;
    }

    private static List<String> keys(DataFile file) {
        List<String> keys = new ArrayList<>();
        for (String folder : file.folders()) {
            if (folder.indexOf('=') > 0) {
                keys.add(folder.substring(0, folder.indexOf('=')));
            }
        }
        return keys.stream().distinct().toList();
    }

    private static Optional<String> value(DataFile file, String key) {
        return file.folders().stream()
                .filter(folder -> folder.startsWith(key + "="))
                .map(folder -> decoded(folder.substring(key.length() + 1)))
                .reduce((above, below) -> below)
                .filter(value -> !value.equals(NO_VALUE) && !value.isEmpty());
    }

    private static String decoded(String escaped) {
        try {
            return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return escaped;
        }
    }

    /** What makes the reader tell the file of a row; empty when nobody needs to know. */
    String option() {
        return types.isEmpty() ? "" : ", filename = " + DataEngine.literal(FILE);
    }

    /** The select list of the keys, to go after that of the files' columns. */
    String select() {
        StringBuilder select = new StringBuilder();
        types.forEach((key, type) -> select.append(", ")
                .append(TextTypes.value(value(key), type))
                .append(" AS ")
                .append(DataEngine.quote(key)));
        return select.toString();
    }

    /** The key's text in the row's path; the last folder of that key is below the data set's own, whatever is above. */
    private static String value(String key) {
        String folder = "(?s).*[/\\\\]%s=([^/\\\\]*)[/\\\\]".formatted(key.replaceAll("[\\p{Punct}&&[^_]]", "\\\\$0"));
        String text =
                "url_decode(regexp_extract(%s, %s, 1))".formatted(DataEngine.quote(FILE), DataEngine.literal(folder));
        return "nullif(nullif(%s, %s), '')".formatted(text, DataEngine.literal(NO_VALUE));
    }

    /** Refuses a column that is both in the files and in their folders' names, which may say two things. */
    void refuseColumnsAmong(Collection<String> columns, String shown) {
        refuse(types.keySet(), columns, shown);
        if (!types.isEmpty() && columns.contains(FILE)) {
            throw new InvalidInputException("%s: no column may be called '%s'".formatted(shown, FILE));
        }
    }

    /**
     * Refuses a column that is both in the files and in their folders' names.
     *
     * @throws InvalidInputException when there is one
     */
    public static void refuse(Collection<String> keys, Collection<String> columns, String shown) {
        for (String key : keys) {
            if (columns.stream().anyMatch(key::equalsIgnoreCase)) {
                throw new InvalidInputException(
                        "%s: the column '%s' is both in the files and in the names of their folders; rename one"
                                .formatted(shown, key));
            }
        }
    }
}
