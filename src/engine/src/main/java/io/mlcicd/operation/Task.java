package io.mlcicd.operation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kind of prediction a model makes. */
public enum Task {
    /** One of two classes. */
    BINARY,
    /** One of several classes. */
    MULTICLASS,
    /** Any number of labels at once, each of which holds or does not. */
    MULTILABEL,
    /** A number. */
    REGRESSION,
    /** Quantiles of a number: quantile regression, probabilistic forecasts. */
    QUANTILE,
    /** An order of documents for each query. */
    RANKING;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it predicts classes. */
    public boolean classifies() {
        return this == BINARY || this == MULTICLASS || this == MULTILABEL;
    }

    /** All keys, for messages. */
    public static String keys() {
        return Arrays.stream(values()).map(Task::key).collect(Collectors.joining(", "));
    }
}
