package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.document.Spelling;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Kinds of models, each with a policy that suits it; keys that are given take the place of a profile's. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are those of List.of, which cannot be changed
public enum ModelProfile {
    /** Never retrains by itself; drift, performance and age are told only. */
    STATIC(OptionalDouble.empty(), Optional.empty(), Duration.ZERO, Approval.NONE),
    /** Retrains at every scheduled time. */
    SCHEDULED(OptionalDouble.empty(), Optional.empty(), Duration.ZERO, Approval.NONE),
    /** Retrains when the world moves: on drift, on a performance drop, on new data; after six hours at the earliest. */
    DYNAMIC(OptionalDouble.of(0.3), Optional.empty(), Duration.ofHours(6), Approval.NONE),
    /** Proposes a retraining for any reason, a model of 180 days among them, and waits for a person's approval. */
    SENSITIVE(OptionalDouble.of(0.3), Optional.of(Duration.ofDays(180)), Duration.ofDays(7), Approval.REQUIRED);

    private final OptionalDouble driftShare;
    private final Optional<Duration> age;
    private final Duration cooldown;
    private final Approval approval;

    ModelProfile(OptionalDouble driftShare, Optional<Duration> age, Duration cooldown, Approval approval) {
        this.driftShare = driftShare;
        this.age = age;
        this.cooldown = cooldown;
        this.approval = approval;
    }

    /** The name in configuration files. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The profile of that {@link #key()}; any other text is refused with an {@link IllegalArgumentException}. */
    @JsonCreator
    public static ModelProfile of(String key) {
        for (ModelProfile each : values()) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'%s' is no kind of model%s; there are: %s"
                .formatted(key, Spelling.hint(key, keys()), String.join(", ", keys())));
    }

    /** All keys, in their order. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(ModelProfile::key).toList();
    }

    List<Condition> when() {
        return switch (this) {
            case STATIC -> List.of();
            case SCHEDULED -> List.of(Condition.ALWAYS);
            case DYNAMIC ->
                List.of(Condition.DRIFT, Condition.CRITICAL_COLUMNS, Condition.PERFORMANCE, Condition.NEW_DATA);
            case SENSITIVE ->
                List.of(
                        Condition.DRIFT,
                        Condition.CRITICAL_COLUMNS,
                        Condition.PERFORMANCE,
                        Condition.NEW_DATA,
                        Condition.AGE);
        };
    }

    List<Condition> told() {
        return this == STATIC
                ? List.of(Condition.DRIFT, Condition.CRITICAL_COLUMNS, Condition.PERFORMANCE, Condition.AGE)
                : List.of();
    }

    OptionalDouble driftShare() {
        return driftShare;
    }

    Optional<Duration> age() {
        return age;
    }

    Duration cooldown() {
        return cooldown;
    }

    Approval approval() {
        return approval;
    }
}
