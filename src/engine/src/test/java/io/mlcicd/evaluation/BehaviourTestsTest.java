package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.BehaviourSpec.Kind;
import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.statistic.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviourTestsTest {

    @TempDir
    Path folder;

    private final EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
    private final List<Artifact> inputs = new ArrayList<>();

    @Test
    void anInvariantAnswerStaysTheSameText() throws Exception {
        String csv = """
                text,before,after,row_number
                the food was good,good,good,7
                the food in Oslo was bad,bad,good,8
                so so,good,,9
                "fine, thanks",good,good,10
                """;

        List<Gate> gates = run(spec("names", Kind.INVARIANCE, csv, 0, Optional.of("text")));

        Behaviour behaviour = only();
        assertThat(behaviour.rows()).isEqualTo(4);
        assertThat(behaviour.passed()).isEqualTo(2);
        assertThat(behaviour.kind()).isEqualTo("invariance");
        assertThat(behaviour.examples())
                .containsExactly(
                        "row 2 (the food in Oslo was bad): bad became good, but the change must not matter",
                        "row 3 (so so): good became nothing, but the change must not matter");
        assertThat(gates)
                .containsExactly(
                        new Gate("behaviour.names", Comparison.MIN, 0.9, Criticality.UNSTABLE, Optional.empty()));
        assertThat(inputs).extracting(Artifact::name).containsExactly("names");
    }

    /** Expected limits are those of statsmodels 0.15: {@code proportion_confint(3, 4, method="wilson")}. */
    @Test
    void theShareOfRowsThatBehaveIsAMetricWithWilsonsInterval() throws Exception {
        run(spec("same", Kind.INVARIANCE, "before,after\n1,1\n2,2\n3,3\n4,5\n", 0, Optional.empty()));

        assertThat(draft.metrics().get("behaviour.same").value()).isEqualTo(0.75);
        Interval interval = draft.metrics()
                .get("behaviour.same")
                .uncertainty()
                .orElseThrow()
                .interval(0.95);
        assertThat(interval.lower()).isCloseTo(0.3006418423, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.9544127392, within(1e-9));
    }

    @Test
    void classesAreTextsSoThatOneIsOnePointZero() throws Exception {
        run(spec("classes", Kind.MINIMUM, "before,after\n1,1.0\n0,0.0\nyes,1.5\n2,1.5\n", 0, Optional.empty()));

        assertThat(only().passed()).isEqualTo(2);
        assertThat(only().examples())
                .containsExactly(
                        "row 3: expected yes, but the answer is 1.5", "row 4: expected 2, but the answer is 1.5");
    }

    @Test
    void numbersMayMissByTheTolerance() throws Exception {
        String csv = "before,after\n0.7,0.8\n0.7,0.81\n0.8,0.7\n0.5,\n,0.5\n0.5,nan\n";

        run(spec("near", Kind.INVARIANCE, csv, 0.1, Optional.empty()));

        assertThat(only().passed()).isEqualTo(2);
        assertThat(only().examples())
                .hasSize(4)
                .first()
                .isEqualTo("row 2: 0.7 became 0.81, but the change must not matter");
    }

    @Test
    void directionsAllowTheSameAndTheTolerance() throws Exception {
        String csv = "before,after\n1,2\n1,1\n1,0.95\n1,0.5\n";

        run(
                spec("up", Kind.INCREASE, csv, 0.1, Optional.empty()),
                spec("down", Kind.DECREASE, csv, 0, Optional.empty()));

        assertThat(details()).extracting(Behaviour::passed).containsExactly(3L, 3L);
        assertThat(details().get(0).examples()).containsExactly("row 4: 1 became 0.5, but must not get less");
        assertThat(details().get(1).examples()).containsExactly("row 1: 1 became 2, but must not get more");
    }

    @Test
    void noMoreThanFiveExamplesAreTold() throws Exception {
        run(spec("many", Kind.MINIMUM, "before,after\n" + "a,b\n".repeat(20), 0, Optional.empty()));

        assertThat(only().examples()).hasSize(5).last().isEqualTo("row 5: expected a, but the answer is b");
    }

    @Test
    void unusableTestsAreRefusedByName() throws Exception {
        refused(spec("t", Kind.MINIMUM, "before,other\na,b\n", 0, Optional.empty()))
                .hasMessageContaining("behavioural test 't': ")
                .hasMessageContaining("t.csv has no column 'after' (the answer)");
        refused(spec("t", Kind.MINIMUM, "before,after\na,b\n", 0, Optional.of("text")))
                .hasMessageContaining("no column 'text' (what shows a case to a person)");
        refused(spec("t", Kind.INCREASE, "before,after\n1,2\n2,much\n", 0, Optional.empty()))
                .hasMessageContaining("behavioural test 't': ")
                .hasMessageContaining(
                        "column 'after' (the answer to the changed case) must be a number in every row, but it"
                                + " has 'much' in row 2");
        refused(spec("t", Kind.INVARIANCE, "before,after\na,b\n", 0.1, Optional.empty()))
                .hasMessageContaining("column 'before' (the answer to the original case) must be a number");
        refused(spec("t", Kind.MINIMUM, "before,after\n", 0, Optional.empty()))
                .hasMessageContaining("behavioural test 't': ");
        BehaviourSpec missing = new BehaviourSpec(
                "t",
                Kind.MINIMUM,
                DataSource.of("t", folder.resolve("nowhere.csv")),
                "before",
                "after",
                0,
                1,
                Criticality.FAILURE,
                Optional.empty());
        refused(missing).hasMessageContaining("behavioural test 't': ").hasMessageContaining("nowhere.csv");
        BehaviourSpec twice = spec("twice", Kind.MINIMUM, "before,after\na,a\n", 0, Optional.empty());
        assertThatThrownBy(() -> run(twice, twice))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("two behavioural tests are called 'twice'; give each its own name");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(BehaviourSpec test) {
        return assertThatThrownBy(() -> run(test)).isInstanceOf(InvalidInputException.class);
    }

    private List<Gate> run(BehaviourSpec... tests) throws InterruptedException {
        return BehaviourTests.run(List.of(tests), draft, inputs, Progress.NONE);
    }

    private BehaviourSpec spec(String name, Kind kind, String csv, double tolerance, Optional<String> describe)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".csv"), csv);
        return new BehaviourSpec(
                name,
                kind,
                DataSource.of(name, file),
                "before",
                "after",
                tolerance,
                0.9,
                Criticality.UNSTABLE,
                describe);
    }

    private List<Behaviour> details() {
        return draft.finish(Optional.empty(), 0, Optional.empty()).behaviour();
    }

    private Behaviour only() {
        assertThat(details()).hasSize(1);
        return details().get(0);
    }
}
