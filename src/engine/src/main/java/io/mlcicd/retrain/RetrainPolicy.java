package io.mlcicd.retrain;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a model is to be trained anew; made by {@link RetrainSpec#policy()}, which keeps its parts together.
 *
 * @param profile the kind of model it was made for
 * @param when the conditions that call for a new model, in the order of {@link Condition}
 * @param told the conditions that are looked at and told, but call for nothing
 * @param driftShare the least share of drifted columns that counts, above 0, at most 1; without it the drift check's own
 *     gates alone
 * @param criticalColumns columns of which one that drifts counts
 * @param performance metrics and how far they may drop
 * @param newRows the least number of new rows that counts; without it, any change of the data does
 * @param age the age from which on a model is to be replaced
 * @param approval whether a person must agree
 * @param cooldown the least time between two starts
 * @param quietHours when nothing is started
 */
public record RetrainPolicy(
        Optional<ModelProfile> profile,
        List<Condition> when,
        List<Condition> told,
        OptionalDouble driftShare,
        List<String> criticalColumns,
        List<PerformanceDrop> performance,
        OptionalLong newRows,
        Optional<Duration> age,
        Approval approval,
        Duration cooldown,
        Optional<QuietHours> quietHours) {

    public RetrainPolicy {
        when = List.copyOf(when);
        told = List.copyOf(told);
        criticalColumns = List.copyOf(criticalColumns);
        performance = List.copyOf(performance);
    }

    /** The policy that recommends what a drift check's own gates on drift ask for, and nothing else. */
    public static final RetrainPolicy BY_GATES = RetrainSpec.NONE.policy();

    /** The policy that does what a drift check asks for, whatever the reason. */
    public static final RetrainPolicy BY_CHECK = BY_GATES.alsoByCheck();

    /** The same, and what a drift check asks for counts whatever the reason; a static model's policy stays as it is. */
    public RetrainPolicy alsoByCheck() {
        if (profile.filter(ModelProfile.STATIC::equals).isPresent()) {
            return this;
        }
        Set<Condition> all = EnumSet.of(Condition.DRIFT, Condition.CRITICAL_COLUMNS, Condition.PERFORMANCE);
        all.addAll(when);
        return new RetrainPolicy(
                profile,
                List.copyOf(all),
                told.stream().filter(each -> !all.contains(each)).toList(),
                driftShare,
                criticalColumns,
                performance,
                newRows,
                age,
                approval,
                cooldown,
                quietHours);
    }

    /** Holds every condition against what is known at that time. */
    public RetrainAdvice advise(RetrainEvidence evidence, Instant now) {
        return Assessment.of(this, evidence, now);
    }
}
