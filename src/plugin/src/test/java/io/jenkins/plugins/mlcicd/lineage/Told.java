package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as builds tell them, without builds. */
public final class Told {

    private Told() {}

    static String digest(String content) {
        return Digests.of(content.getBytes(StandardCharsets.UTF_8)).value();
    }

    static Node data(String content) {
        return Node.of(NodeKind.DATA, digest(content), "train", Map.of("digest", digest(content)));
    }

    static Node model(String name, String content) {
        return Node.of(NodeKind.MODEL, digest(content), name, Map.of("digest", digest(content)));
    }

    /** A model of that content, trained with those data and released. */
    public static void release(String source, String model, String data, String content, String environment) {
        Node made = model(model, content);
        Node training = Node.of(NodeKind.TRAINING, digest(data + content), "training", Map.of("command", "train"));
        Node released = Node.of(
                NodeKind.DEPLOYMENT,
                source + environment,
                model,
                Map.of(
                        "environment",
                        environment,
                        "release",
                        digest(content).substring(7, 19),
                        "approvedBy",
                        "ann",
                        "at",
                        Instant.now().minusSeconds(7200).toString()));
        Node from = data(data);
        append(
                source,
                new LineageEvent(
                        model,
                        "deploy",
                        "PASSED",
                        List.of(from, training, made, released),
                        List.of(
                                Edge.between(from, training),
                                Edge.between(training, made),
                                Edge.between(made, released))));
    }

    /** An evaluation with that accuracy. */
    public static void evaluation(String source, String model, String verdict, double accuracy) {
        Node node = Node.of(
                NodeKind.EVALUATION,
                source + accuracy,
                "evaluation",
                Map.of("metric accuracy", String.valueOf(accuracy), "metric accuracy.zzz", "1.0"));
        append(source, new LineageEvent(model, "evaluate", verdict, List.of(node), List.of()));
    }

    /** A drift check. */
    public static void drift(String source, String model, String verdict, double share, boolean retrain) {
        Node check = Node.of(NodeKind.DRIFT, source + "drift", "drift check", Map.of("metric drift.share", "" + share));
        Node advice = Node.of(
                NodeKind.RETRAINING, source + "drift", "advice", Map.of("recommended", String.valueOf(retrain)));
        append(
                source,
                new LineageEvent(
                        model, "drift", verdict, List.of(check, advice), List.of(Edge.between(check, advice))));
    }

    private static void append(String source, LineageEvent event) {
        ControllerLineage.get().append(event, source);
    }
}
