package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Named texts, as deployer and supervisor send them to each other: the format of {@link Properties}. */
public record Fields(Map<String, String> values) {

    public Fields {
        values = Map.copyOf(values);
    }

    /** Fields from names and values by turns. */
    public static Fields of(String... namesAndValues) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Fields(values);
    }

    /** Reads what {@link #text} wrote. */
    public static Fields parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return new Fields(values);
    }

    /** The fields as text. */
    public String text() {
        Properties properties = new Properties();
        values.forEach(properties::setProperty);
        StringWriter out = new StringWriter();
        try {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value; a missing one is a fault of the other side and refused. */
    public String require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("field '" + name + "' is missing"));
    }

    /** These fields with those of a list added as {@code name.0}, {@code name.1}, ... */
    public Fields with(String name, List<String> items) {
        Map<String, String> all = new TreeMap<>(values);
        for (int i = 0; i < items.size(); i++) {
            all.put(name + "." + i, items.get(i));
        }
        return new Fields(all);
    }

    /** These fields with those of a map added as {@code name.key}. */
    public Fields with(String name, Map<String, String> entries) {
        Map<String, String> all = new TreeMap<>(values);
        entries.forEach((key, value) -> all.put(name + "." + key, value));
        return new Fields(all);
    }

    /** The list that {@link #with(String, List)} added. */
    public List<String> list(String name) {
        List<String> items = new ArrayList<>();
        for (int i = 0; values.containsKey(name + "." + i); i++) {
            items.add(values.get(name + "." + i));
        }
        return items;
    }

    /** The map that {@link #with(String, Map)} added. */
    public Map<String, String> map(String name) {
        Map<String, String> entries = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                entries.put(key.substring(name.length() + 1), value);
            }
        });
        return entries;
    }
}
