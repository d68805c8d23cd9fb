package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.operation.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A sequential detector of change. */
public enum DetectorMethod {
    /** Adaptive windowing: finds a change of the mean of values between 0 and 1, see {@link Adwin}. */
    ADWIN("adwin", "ADWIN"),
    /** The Page-Hinkley test: finds a rise of the mean, see {@link PageHinkley}. */
    PAGE_HINKLEY("pageHinkley", "the Page-Hinkley test"),
    /** The drift detection method: finds a rise of an error rate, see {@link Ddm}; of rows alone. */
    DDM("ddm", "DDM");

    private final String key;
    private final String title;

    DetectorMethod(String key, String title) {
        this.key = key;
        this.title = title;
    }

    @JsonValue
    public String key() {
        return key;
    }

    /** Its name in sentences. */
    String title() {
        return title;
    }

    /**
     * The detector of that key.
     *
     * @throws InvalidInputException when there is none
     */
    @JsonCreator
    public static DetectorMethod of(String key) {
        return Arrays.stream(values())
                .filter(method -> method.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no detector '%s'; there are: %s"
                        .formatted(
                                key,
                                Arrays.stream(values()).map(DetectorMethod::key).collect(Collectors.joining(", ")))));
    }
}
