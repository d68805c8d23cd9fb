package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of a log and how they depend on each other, in memory: some 500 bytes a node. Questions take time by the size of
 * their answer, not of the graph.
 */
public final class LineageGraph {

    private final List<Node> nodes = new ArrayList<>();
    private final List<Sighting> first = new ArrayList<>();
    private final List<Sighting> last = new ArrayList<>();
    private final Map<Digest, Integer> places = new HashMap<>();
    private final List<List<Link>> upstream = new ArrayList<>();
    private final List<List<Link>> downstream = new ArrayList<>();
    private final Set<Edge> edges = new HashSet<>();

    private record Link(int place, EdgeKind kind) {}

    /**
     * A node that was reached.
     *
     * @param node the node
     * @param distance how many edges away it is on the shortest way
     */
    public record Reached(Node node, int distance) {}

    /**
     * What depends on a node, or what it depends on.
     *
     * @param from the node that was asked for
     * @param reached all others, nearest first
     * @param edges between them
     */
    public record Reach(Node from, List<Reached> reached, List<Edge> edges) {

        /** What was reached of one kind alone; edges between others are left out. */
        public Reach only(NodeKind kind) {
            List<Reached> of =
                    reached.stream().filter(each -> each.node().kind() == kind).toList();
            Set<Digest> ids = new HashSet<>(Set.of(from.id()));
            of.forEach(each -> ids.add(each.node().id()));
            return new Reach(
                    from,
                    of,
                    edges.stream()
                            .filter(edge -> ids.contains(edge.upstream()) && ids.contains(edge.downstream()))
                            .toList());
        }
    }

    /** The graph of all that a log holds. */
    public static LineageGraph of(LineageLog log) {
        LineageGraph graph = new LineageGraph();
        log.read(graph::add);
        return graph;
    }

    /**
     * When and where a node was told of.
     *
     * @param at when
     * @param model the name of the model that the entry is about
     * @param event what happened; see {@link LineageEvent#event}
     * @param verdict what came out
     * @param source where, such as a build's name
     */
    public record Sighting(Instant at, String model, String event, String verdict, Optional<String> source) {}

    /** Adds what an entry says. */
    public void add(LogEntry entry) {
        Sighting sighting = new Sighting(entry.at(), entry.model(), entry.event(), entry.verdict(), entry.source());
        entry.nodes().forEach(node -> add(node, sighting));
        entry.edges().forEach(this::add);
    }

    /** Adds what happened at that time. */
    public void add(LineageEvent event, Instant at) {
        Sighting sighting = new Sighting(at, event.model(), event.event(), event.verdict(), event.source());
        event.nodes().forEach(node -> add(node, sighting));
        event.edges().forEach(this::add);
    }

    private void add(Node node, Sighting sighting) {
        Integer place = places.putIfAbsent(node.id(), nodes.size());
        if (place == null) {
            nodes.add(node);
            first.add(sighting);
            last.add(sighting);
            upstream.add(new ArrayList<>(2));
            downstream.add(new ArrayList<>(2));
        } else {
            nodes.set(place, joined(nodes.get(place), node));
            last.set(place, sighting);
        }
    }

    /** What is known later goes before what was known. */
    private static Node joined(Node before, Node now) {
        SortedMap<String, String> facts = new TreeMap<>(before.facts());
        facts.putAll(now.facts());
        return new Node(before.id(), before.kind(), now.name(), facts);
    }

    /** An edge of a node that the log does not hold, for its entry was damaged, leads nowhere and is left out. */
    private void add(Edge edge) {
        Integer from = places.get(edge.upstream());
        Integer to = places.get(edge.downstream());
        // With the digests that are here already, or those of an edge alone would take as much memory as all the rest.
        if (from != null
                && to != null
                && edges.add(new Edge(nodes.get(from).id(), nodes.get(to).id(), edge.kind()))) {
            downstream.get(from).add(new Link(to, edge.kind()));
            upstream.get(to).add(new Link(from, edge.kind()));
        }
    }

    /** All nodes, in the order in which they became known. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** All edges, in no order. */
    public Collection<Edge> edges() {
        return Set.copyOf(edges);
    }

    public Optional<Node> node(Digest id) {
        return Optional.ofNullable(places.get(id)).map(nodes::get);
    }

    /** The nodes that a text names: the beginning of a digest (with or without {@code sha256:}), a commit or a name; whole names first, then newest first. */
    public List<Node> find(String text) {
        List<Node> found = new ArrayList<>();
        int whole = 0;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.name().equals(text)) {
                found.add(whole++, node);
            } else if (node.matches(text)) {
                found.add(node);
            }
        }
        return found;
    }

    /**
     * When and where a node was told of first.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public Sighting first(Digest id) {
        return first.get(place(id));
    }

    /**
     * When and where a node was told of last.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public Sighting last(Digest id) {
        return last.get(place(id));
    }

    private int place(Digest id) {
        Integer place = places.get(id);
        if (place == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return place;
    }

    /** The newest node of a kind. */
    public Optional<Node> newest(NodeKind kind) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (nodes.get(i).kind() == kind) {
                return Optional.of(nodes.get(i));
            }
        }
        return Optional.empty();
    }

    /** All that a node came from. */
    public Reach upstream(Digest id) {
        return reach(id, upstream, true);
    }

    /** All that came of a node. */
    public Reach downstream(Digest id) {
        return reach(id, downstream, false);
    }

    private Reach reach(Digest id, List<List<Link>> links, boolean up) {
        int start = place(id);
        BitSet seen = new BitSet(nodes.size());
        seen.set(start);
        List<Reached> reached = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        ArrayDeque<int[]> next = new ArrayDeque<>();
        next.add(new int[] {start, 0});
        while (!next.isEmpty()) {
            int[] here = next.remove();
            Digest one = nodes.get(here[0]).id();
            for (Link link : links.get(here[0])) {
                Digest other = nodes.get(link.place()).id();
                between.add(up ? new Edge(other, one, link.kind()) : new Edge(one, other, link.kind()));
                if (!seen.get(link.place())) {
                    seen.set(link.place());
                    reached.add(new Reached(nodes.get(link.place()), here[1] + 1));
                    next.add(new int[] {link.place(), here[1] + 1});
                }
            }
        }
        return new Reach(nodes.get(start), List.copyOf(reached), List.copyOf(between));
    }
}
