package io.mlcicd.retrain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A policy as people write it: what is left out, the profile says or, without one, is {@code drift} by the drift check's
 * own gates, at once, without approval.
 *
 * @param profile the kind of model
 * @param when what calls for a new model; empty for what the profile says and every condition that has a threshold here
 * @param driftShare the least share of drifted columns that calls for a new model, above 0, at most 1
 * @param criticalColumns columns of which one that drifts calls for a new model
 * @param performance metrics and how far they may drop
 * @param newRows the least number of new rows that call for a new model, positive; without it, any change of the data does
 * @param age the age from which on a model is to be replaced, positive
 * @param approval whether a person must agree
 * @param cooldown the least time between two starts
 * @param quietHours when nothing is started
 */
public record RetrainSpec(
        Optional<ModelProfile> profile,
        List<Condition> when,
        OptionalDouble driftShare,
        List<String> criticalColumns,
        List<PerformanceDrop> performance,
        OptionalLong newRows,
        Optional<Duration> age,
        Optional<Approval> approval,
        Optional<Duration> cooldown,
        Optional<QuietHours> quietHours) {

    /** Nothing said: what a project without a section on retraining has. */
    public static final RetrainSpec NONE = new RetrainSpec(
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            List.of(),
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public RetrainSpec {
        when = List.copyOf(when);
        criticalColumns = List.copyOf(criticalColumns);
        performance = List.copyOf(performance);
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException when a threshold is out of its range, when a condition lacks what it is held against,
     *     or when a threshold belongs to no condition; the message names the key
     */
    public RetrainPolicy policy() {
        requireRanges();
        List<Condition> starting = when.isEmpty() ? implied() : when;
        List<Condition> told = new ArrayList<>();
        if (when.isEmpty()) {
            told.addAll(profile.map(ModelProfile::told).orElse(List.of()));
        }
        Optional<Duration> oldest = age.or(() -> profile.flatMap(ModelProfile::age));
        requireTogether(starting, oldest);
        told.removeAll(starting);
        return new RetrainPolicy(
                profile,
                usable(starting, oldest),
                usable(told, oldest),
                driftShare.isPresent()
                        ? driftShare
                        : profile.map(ModelProfile::driftShare).orElse(OptionalDouble.empty()),
                criticalColumns,
                performance,
                newRows,
                oldest,
                approval.or(() -> profile.map(ModelProfile::approval)).orElse(Approval.NONE),
                cooldown.or(() -> profile.map(ModelProfile::cooldown)).orElse(Duration.ZERO),
                quietHours);
    }

    /** A static model stays static: its thresholds only say what is told. */
    private List<Condition> implied() {
        List<Condition> implied =
                new ArrayList<>(profile.map(ModelProfile::when).orElse(List.of(Condition.DRIFT)));
        if (profile.filter(ModelProfile.STATIC::equals).isEmpty()) {
            add(implied, Condition.DRIFT, driftShare.isPresent());
            add(implied, Condition.CRITICAL_COLUMNS, !criticalColumns.isEmpty());
            add(implied, Condition.PERFORMANCE, !performance.isEmpty());
            add(implied, Condition.NEW_DATA, newRows.isPresent());
            add(implied, Condition.AGE, age.isPresent());
        }
        return implied;
    }

    private static void add(List<Condition> conditions, Condition condition, boolean asked) {
        if (asked && !conditions.contains(condition)) {
            conditions.add(condition);
        }
    }

    /** What a profile names without its user having said which columns, or how old, is not looked at. */
    private List<Condition> usable(List<Condition> conditions, Optional<Duration> oldest) {
        return conditions.stream()
                .distinct()
                .sorted()
                .filter(each -> each != Condition.CRITICAL_COLUMNS || !criticalColumns.isEmpty())
                .filter(each -> each != Condition.AGE || oldest.isPresent())
                .toList();
    }

    private void requireRanges() {
        if (driftShare.isPresent() && !(driftShare.getAsDouble() > 0 && driftShare.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "'driftShare' is a share of columns, above 0 and at most 1, not " + driftShare.getAsDouble());
        }
        if (newRows.isPresent() && newRows.getAsLong() < 1) {
            throw new IllegalArgumentException("'newRows' is a number of rows, 1 or more, not " + newRows.getAsLong());
        }
        if (age.filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
            throw new IllegalArgumentException("'age' must be longer than nothing, such as 90d");
        }
        if (cooldown.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("'cooldown' cannot be negative");
        }
    }

    private void requireTogether(List<Condition> starting, Optional<Duration> oldest) {
        if (when.isEmpty()) {
            return;
        }
        if (starting.contains(Condition.CRITICAL_COLUMNS) && criticalColumns.isEmpty()) {
            throw new IllegalArgumentException("'when' has criticalColumns; name them under 'criticalColumns'");
        }
        if (starting.contains(Condition.AGE) && oldest.isEmpty()) {
            throw new IllegalArgumentException("'when' has age; say from which age on, such as age: 90d");
        }
        requireUsed("driftShare", driftShare.isPresent(), Condition.DRIFT);
        requireUsed("criticalColumns", !criticalColumns.isEmpty(), Condition.CRITICAL_COLUMNS);
        requireUsed("performance", !performance.isEmpty(), Condition.PERFORMANCE);
        requireUsed("newRows", newRows.isPresent(), Condition.NEW_DATA);
        requireUsed("age", age.isPresent(), Condition.AGE);
    }

    private void requireUsed(String key, boolean given, Condition condition) {
        if (given && !when.contains(condition)) {
            throw new IllegalArgumentException("'%s' is given, but 'when' does not have %s; add it or leave '%s' out"
                    .formatted(key, condition.key(), key));
        }
    }
}
