package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened, as a log is told of it.
 *
 * @param model the name of the model that it is about
 * @param event what happened: the key of a stage, or {@code rollback}, {@code promote}, {@code undeploy}, {@code retrain},
 *     {@code forget}
 * @param verdict what came out, such as {@code PASSED}
 * @param started when it began; empty when it took no time
 * @param source where it happened, such as a build's name; empty on a laptop
 * @param nodes what it is about
 * @param edges how they depend on each other
 * @param removes digests of entries whose content was removed with this one
 */
public record LineageEvent(
        String model,
        String event,
        String verdict,
        Optional<Instant> started,
        Optional<String> source,
        List<Node> nodes,
        List<Edge> edges,
        List<Digest> removes) {

    public LineageEvent {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        removes = List.copyOf(removes);
    }

    /** What happened nowhere in particular, at one moment. */
    public LineageEvent(String model, String event, String verdict, List<Node> nodes, List<Edge> edges) {
        this(model, event, verdict, Optional.empty(), Optional.empty(), nodes, edges, List.of());
    }

    /** The same, as what began at that time. */
    public LineageEvent since(Instant start) {
        return new LineageEvent(model, event, verdict, Optional.of(start), source, nodes, edges, removes);
    }

    /** The same, as what happened in that place. */
    public LineageEvent at(String place) {
        return new LineageEvent(model, event, verdict, started, Optional.of(place), nodes, edges, removes);
    }

    /** The same, with other edges. */
    public LineageEvent with(List<Edge> others) {
        return new LineageEvent(model, event, verdict, started, source, nodes, others, removes);
    }

    /** The same under another name. */
    public LineageEvent as(String name) {
        return new LineageEvent(model, name, verdict, started, source, nodes, edges, removes);
    }
}
