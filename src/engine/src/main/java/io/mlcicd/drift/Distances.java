package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far the two distributions of a column are apart, by every measure that suits it. Names are those of the metrics
 * without the column: {@code psi}, {@code js}, {@code hellinger}, {@code kl}, {@code tv} and {@code linf} of all columns;
 * {@code ks}, {@code ad}, {@code cvm} (each with {@code .pValue}), {@code wasserstein} and {@code wasserstein.normed} of
 * numbers; {@code chi2}, {@code g} (each with {@code .pValue}), {@code chi2.degreesOfFreedom} and, where it was asked
 * for, {@code fisher.pValue} of categories and of numbers that have few different values. What cannot be computed, as
 * the Wasserstein distance from a column without values, is not there.
 *
 * @param values the measures by name, all finite
 */
public record Distances(@JsonValue Map<String, Double> values) {

    /** The names of all measures that there are. */
    static final List<String> NAMES = List.of(
            "psi",
            "js",
            "hellinger",
            "kl",
            "tv",
            "linf",
            "ks",
            "ks.pValue",
            "ad",
            "ad.pValue",
            "cvm",
            "cvm.pValue",
            "wasserstein",
            "wasserstein.normed",
            "chi2",
            "chi2.pValue",
            "chi2.degreesOfFreedom",
            "g",
            "g.pValue",
            "fisher.pValue");

    @JsonCreator
    public Distances {
        Map<String, Double> present = new LinkedHashMap<>(values);
        present.values().removeIf(value -> value == null || !Double.isFinite(value));
        values = Collections.unmodifiableMap(present);
    }

    /** The measure of that name, where it could be computed. */
    public OptionalDouble get(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Population stability index, 0 and up. */
    public double psi() {
        return get("psi").orElse(0);
    }

    /** Jensen–Shannon distance to base 2, 0 to 1. */
    public double js() {
        return get("js").orElse(0);
    }

    /** These and one more. */
    Distances with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Distances(more);
    }
}
