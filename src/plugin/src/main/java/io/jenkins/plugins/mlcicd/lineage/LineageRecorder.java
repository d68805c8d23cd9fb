package io.jenkins.plugins.mlcicd.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.retrain.RetrainCause;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.LineageEvents;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes into the controller's lineage what builds and retraining triggers do. */
public final class LineageRecorder {

    private static final Logger LOGGER = Logger.getLogger(LineageRecorder.class.getName());

    private LineageRecorder() {}

    /** How the log names a build. */
    static String source(Run<?, ?> run) {
        return new Source.Written(run.getParent().getFullName(), run.getNumber()).text();
    }

    /**
     * Writes down what a stage of a build did, after what builds before it did that the log does not know of.
     *
     * @param event the name of what it did: the stage's key, or {@code promote}
     * @param document digest of the result document as the agent wrote it, by which later documents refer to it
     * @throws OutsideSystemException when the log cannot be written
     */
    public static void stage(Run<?, ?> run, Result<JsonNode> result, Digest document, String event) {
        EarlierLineage.get().takeIn(run.getParent(), run.getNumber());
        tell(run, result, document, event);
    }

    /** Writes down what a stage of a build did that ended before there was a log. */
    static void earlier(Run<?, ?> run, Result<JsonNode> result, Digest document) {
        tell(run, result, document, result.stage().key());
    }

    private static void tell(Run<?, ?> run, Result<JsonNode> result, Digest document, String event) {
        LineageEvent told = LineageEvents.of(result, document).as(event);
        ControllerLineage.get().append(caused(run, told), source(run));
    }

    /** The decision that started the build is what its training came from. */
    private static LineageEvent caused(Run<?, ?> run, LineageEvent told) {
        RetrainCause cause = run.getCause(RetrainCause.class);
        if (cause == null || cause.getDecision().isEmpty()) {
            return told;
        }
        Node decision = decision(cause.getDecision(), new TreeMap<>());
        List<Edge> edges = new ArrayList<>(told.edges());
        told.nodes().stream()
                .filter(node -> node.kind() == NodeKind.TRAINING)
                .forEach(training -> edges.add(Edge.between(decision, training)));
        // The decision itself is not repeated: who may not read where it was made is not to learn of it here.
        return told.with(edges);
    }

    private static Node decision(String id, SortedMap<String, String> facts) {
        return Node.of(NodeKind.RETRAINING, id, "retraining decision", facts);
    }

    /**
     * What a retraining trigger decided.
     *
     * @param id names the decision for ever; a build that it started has it in its cause
     * @param kind what was done
     * @param reason the key of the reason
     * @param message a sentence for a person
     * @param source the build whose drift check was looked at, as {@code job#number}
     * @param by who approved or declined
     */
    public record Decision(
            String id, Kind kind, String reason, String message, Optional<String> source, Optional<String> by) {}

    /** Writes down a decision; it stands whether or not that succeeds. */
    public static void decision(Job<?, ?> job, Decision decision) {
        try {
            ControllerLineage lineage = ControllerLineage.get();
            lineage.append(lineage.askAll(view -> event(view, job.getFullName(), decision)), job.getFullName());
        } catch (OutsideSystemException e) {
            LOGGER.log(Level.WARNING, e, () -> "not in the lineage log: a retraining decision of " + job.getFullName());
        }
    }

    private static LineageEvent event(LineageView view, String job, Decision decision) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("decision", decision.kind().key());
        facts.put("reason", decision.reason());
        facts.put("message", decision.message());
        decision.by().ifPresent(by -> facts.put(decision.reason() + "By", by));
        Node node = decision(decision.id(), facts);
        List<Node> checks = decision.source().map(build -> checks(view, build)).orElse(List.of());
        String model = checks.stream()
                .map(check -> view.graph().last(check.id()).model())
                .findFirst()
                .orElse(job);
        List<Edge> edges =
                checks.stream().map(check -> Edge.between(check, node)).toList();
        return new LineageEvent(model, "retrain", decision.kind().key(), List.of(node), edges);
    }

    private static List<Node> checks(LineageView view, String build) {
        int number = build.lastIndexOf('#');
        return view.source(build.substring(0, number), Integer.parseInt(build.substring(number + 1)))
                .map(source -> view.told(source, NodeKind.DRIFT))
                .orElse(List.of());
    }
}
