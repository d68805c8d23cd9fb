package io.mlcicd.drift.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a service told of itself at one time.
 *
 * @param samples every sample, in the order of the text
 * @param types the type of each metric family that has one: counter, gauge, histogram, summary, ...
 */
record Exposition(List<Sample> samples, Map<String, String> types) {

    /** One number of one series. */
    record Sample(String name, Map<String, String> labels, double value) {}

    /** The samples of one name whose labels are selected. */
    List<Sample> of(SeriesSelector selector) {
        return samples.stream()
                .filter(sample -> sample.name().equals(selector.name()) && selector.matches(sample.labels()))
                .toList();
    }

    boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    /** The names as people ask for them: of a histogram or summary its own, not those of its parts. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.forEach(sample -> names.add(family(sample.name())));
        return names;
    }

    private String family(String name) {
        for (String suffix : List.of("_bucket", "_sum", "_count")) {
            if (name.endsWith(suffix)) {
                String base = name.substring(0, name.length() - suffix.length());
                String type = types.getOrDefault(base, "");
                if (type.equals("histogram") || type.equals("summary") || has(base + "_bucket")) {
                    return base;
                }
            }
        }
        return name;
    }
}
