package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.graph.LineageGraph.Reached;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is behind one node and not, or in another state, behind another: two models, two releases.
 *
 * @param changed by kind and name, what was there for the one and what for the other
 * @param same what both came from
 */
public record LineageDiff(List<Change> changed, List<Node> same) {

    /**
     * One part of the lineage that differs.
     *
     * @param kind what it is
     * @param name what people call it
     * @param before for the first node; empty when it came from nothing of that kind and name
     * @param after for the second
     */
    public record Change(NodeKind kind, String name, Optional<Node> before, Optional<Node> after) {}

    private record Part(NodeKind kind, String name) {}

    /** Compares what both came from, the nodes themselves among it; of several of one kind and name the nearest counts. */
    public static LineageDiff between(LineageGraph graph, Node before, Node after) {
        Map<Part, Node> one = parts(graph, before);
        Map<Part, Node> other = parts(graph, after);
        List<Change> changed = new ArrayList<>();
        List<Node> same = new ArrayList<>();
        Map<Part, Node> all = new LinkedHashMap<>(other);
        one.forEach(all::putIfAbsent);
        for (Part part : all.keySet()) {
            Optional<Node> then = Optional.ofNullable(one.get(part));
            Optional<Node> now = Optional.ofNullable(other.get(part));
            if (then.map(Node::id).equals(now.map(Node::id))) {
                same.add(now.orElseThrow());
            } else {
                changed.add(new Change(part.kind(), part.name(), then, now));
            }
        }
        return new LineageDiff(List.copyOf(changed), List.copyOf(same));
    }

    private static Map<Part, Node> parts(LineageGraph graph, Node node) {
        Map<Part, Node> parts = new LinkedHashMap<>();
        Function<Node, Part> part = each -> new Part(each.kind(), each.name());
        parts.put(part.apply(node), node);
        for (Reached reached : graph.upstream(node.id()).reached()) {
            parts.putIfAbsent(part.apply(reached.node()), reached.node());
        }
        return parts;
    }
}
