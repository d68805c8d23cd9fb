package io.mlcicd.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of JSON lines in the order in which they first appear, as far as the start of the files tells. */
final class JsonKeys {

    private static final JsonFactory JSON = new JsonFactory();

    /** Characters that are looked at, of all files together. */
    private static final long MOST = 16L << 20;

    private final Key root = new Key(new LinkedHashMap<>());
    private long read;

    /** A key and those of the objects below it. */
    private record Key(Map<String, Key> below) {
        Key of(String name) {
            return below.computeIfAbsent(name, key -> new Key(new LinkedHashMap<>()));
        }
    }

    /** Looks at a file; what is no JSON is for its reader to tell. */
    void look(DataFile file) {
        try (BufferedReader in = Files.newBufferedReader(file.path())) {
            for (String line = in.readLine(); line != null && read < MOST; line = in.readLine()) {
                read += line.length();
                look(line);
            }
        } catch (IOException e) {
            // The start of a packed file ends anywhere, and a broken one is told by whoever reads it whole.
        }
    }

    private void look(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(parser, root);
            }
        } catch (JsonProcessingException e) {
            // As above.
        }
    }

    private static void object(JsonParser parser, Key into) throws IOException {
        for (JsonToken token = parser.nextToken(); token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
            Key key = into.of(parser.currentName());
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(parser, key);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The names of the flat columns, in order: {@code address.city} for the key {@code city} of {@code address}. */
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        add("", root, columns);
        return columns;
    }

    private static void add(String prefix, Key key, List<String> columns) {
        key.below().forEach((name, below) -> {
            columns.add(prefix + name);
            add(prefix + name + ".", below, columns);
        });
    }
}
