package io.mlcicd.lineage;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a training, as files give them.
 *
 * @param files the files, by content
 * @param values key to value, keys of nested ones joined by dots
 */
public record Parameters(List<Artifact> files, SortedMap<String, String> values) {

    public Parameters {
        files = List.copyOf(files);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The same values, wherever they were read. */
    public Parameters withoutFiles() {
        return new Parameters(List.of(), values);
    }
}
