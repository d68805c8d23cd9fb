package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What people write, the profiles behind it, and what is refused. */
class RetrainSpecTest {

    static RetrainSpec of(ModelProfile profile, Condition... when) {
        return new RetrainSpec(
                Optional.ofNullable(profile),
                List.of(when),
                OptionalDouble.empty(),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static RetrainSpec with(RetrainSpec spec, OptionalDouble share, List<String> columns, Duration age) {
        return new RetrainSpec(
                spec.profile(),
                spec.when(),
                share,
                columns,
                spec.performance(),
                spec.newRows(),
                Optional.ofNullable(age),
                spec.approval(),
                spec.cooldown(),
                spec.quietHours());
    }

    @Test
    void withoutAWordTheGatesDecide() {
        RetrainPolicy policy = RetrainSpec.NONE.policy();

        assertThat(policy.when()).containsExactly(Condition.DRIFT);
        assertThat(policy.driftShare()).isEmpty();
        assertThat(policy.approval()).isEqualTo(Approval.NONE);
        assertThat(policy.cooldown()).isZero();
    }

    @Test
    void profilesSetWhatSuitsTheirModels() {
        assertThat(of(ModelProfile.STATIC).policy().when()).isEmpty();
        assertThat(of(ModelProfile.SCHEDULED).policy().when()).containsExactly(Condition.ALWAYS);
        RetrainPolicy dynamic = of(ModelProfile.DYNAMIC).policy();
        assertThat(dynamic.when()).containsExactly(Condition.DRIFT, Condition.PERFORMANCE, Condition.NEW_DATA);
        assertThat(dynamic.cooldown()).isEqualTo(Duration.ofHours(6));
        RetrainPolicy sensitive = of(ModelProfile.SENSITIVE).policy();
        assertThat(sensitive.approval()).isEqualTo(Approval.REQUIRED);
        assertThat(sensitive.when()).contains(Condition.AGE).doesNotContain(Condition.ALWAYS);
        assertThat(sensitive.age()).contains(Duration.ofDays(180));
    }

    @Test
    void keysTakeThePlaceOfTheProfiles() {
        RetrainPolicy policy = new RetrainSpec(
                        Optional.of(ModelProfile.SENSITIVE),
                        List.of(Condition.DRIFT),
                        OptionalDouble.of(0.5),
                        List.of(),
                        List.of(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(Approval.NONE),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.empty())
                .policy();

        assertThat(policy.when()).containsExactly(Condition.DRIFT);
        assertThat(policy.driftShare()).hasValue(0.5);
        assertThat(policy.approval()).isEqualTo(Approval.NONE);
        assertThat(policy.cooldown()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aThresholdBringsItsCondition() {
        RetrainPolicy policy = with(RetrainSpec.NONE, OptionalDouble.empty(), List.of("wind"), Duration.ofDays(30))
                .policy();

        assertThat(policy.when()).containsExactly(Condition.DRIFT, Condition.CRITICAL_COLUMNS, Condition.AGE);
    }

    @Test
    void thresholdsOfAStaticModelAreToldOnly() {
        RetrainPolicy policy = with(of(ModelProfile.STATIC), OptionalDouble.of(0.2), List.of("a"), Duration.ofDays(1))
                .policy();

        assertThat(policy.when()).isEmpty();
        assertThat(policy.told())
                .containsExactly(Condition.DRIFT, Condition.CRITICAL_COLUMNS, Condition.PERFORMANCE, Condition.AGE);
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        refuses(of(null, Condition.AGE), "age: 90d");
        refuses(of(null, Condition.CRITICAL_COLUMNS), "criticalColumns");
        refuses(with(of(null, Condition.ALWAYS), OptionalDouble.of(0.2), List.of(), null), "'driftShare' is given");
        refuses(with(RetrainSpec.NONE, OptionalDouble.of(0), List.of(), null), "above 0 and at most 1");
        refuses(with(RetrainSpec.NONE, OptionalDouble.of(Double.NaN), List.of(), null), "above 0 and at most 1");
        refuses(with(RetrainSpec.NONE, OptionalDouble.empty(), List.of(), Duration.ZERO), "'age'");
        assertThatThrownBy(() -> new PerformanceDrop("accuracy", OptionalDouble.empty(), OptionalDouble.empty(), true))
                .hasMessageContaining("give a drop or a relativeDrop of 'accuracy'");
        assertThatThrownBy(() -> new PerformanceDrop("accuracy", OptionalDouble.of(-1), OptionalDouble.empty(), true))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> Condition.of("newdata")).hasMessageContaining("did you mean 'newData'");
        assertThatThrownBy(() -> ModelProfile.of("dynamics")).hasMessageContaining("did you mean 'dynamic'");
        assertThatThrownBy(() -> Approval.of("yes")).hasMessageContaining("'none' or 'required'");
    }

    private static void refuses(RetrainSpec spec, String message) {
        assertThatThrownBy(spec::policy)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
