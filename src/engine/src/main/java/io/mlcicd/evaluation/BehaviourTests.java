package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Wilson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Behavioural tests of the model. */
final class BehaviourTests {

    private BehaviourTests() {}

    /**
     * Runs the tests and adds what came of them, with their metrics, to the draft: of each the share of rows that behave,
     * with Wilson's interval.
     *
     * @param inputs hears the files that were read
     * @return the gates that the tests come with
     * @throws InvalidInputException when two tests have the same name, or a file or column is missing or not usable
     */
    static List<Gate> run(List<BehaviourSpec> tests, EvaluationDraft draft, List<Artifact> inputs, Progress progress)
            throws InterruptedException {
        List<Gate> gates = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (BehaviourSpec test : tests) {
            if (!names.add(test.name())) {
                throw new InvalidInputException(
                        "two behavioural tests are called '%s'; give each its own name".formatted(test.name()));
            }
            progress.step("running the behavioural test '" + test.name() + "'", 0.96);
            String metric = "behaviour." + test.name();
            Behaviour behaviour = run(test, inputs);
            double share = (double) behaviour.passed() / behaviour.rows();
            draft.behaviour(behaviour);
            draft.metric(metric, new Estimate(share, Optional.of(new Wilson(share, behaviour.rows()))));
            gates.add(new Gate(metric, Comparison.MIN, test.minShare(), test.criticality(), Optional.empty()));
        }
        return gates;
    }

    private static Behaviour run(BehaviourSpec test, List<Artifact> inputs) throws InterruptedException {
        try (DataEngine engine = DataEngine.embedded(test.data())) {
            Predictions file = new Predictions(engine, engine.open(test.data()));
            Behaviour behaviour = BehaviourRows.of(test, file).judge();
            inputs.add(engine.artifact(test.data()));
            return behaviour;
        } catch (InvalidInputException e) {
            throw new InvalidInputException("behavioural test '%s': %s".formatted(test.name(), e.getMessage()), e);
        }
    }
}
