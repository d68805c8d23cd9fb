package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LogEntry;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the lineage that one may see, made of nothing but the entries of jobs that one may read: what another job told
 * of the same data is not in it. Not to be used by two threads at once.
 */
final class LineageView {

    private final LineageGraph graph = new LineageGraph();
    private final Map<Digest, Set<Source>> sources = new HashMap<>();
    private final Map<Source, Set<Digest>> told = new HashMap<>();
    private final Map<Source, Set<Edge>> tied = new HashMap<>();

    void add(LogEntry entry, Optional<Source> source) {
        graph.add(entry);
        source.ifPresent(from -> {
            entry.nodes().forEach(node -> {
                sources.computeIfAbsent(node.id(), id -> new LinkedHashSet<>(2)).add(from);
                told.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(node.id());
            });
            tied.computeIfAbsent(from, key -> new LinkedHashSet<>()).addAll(entry.edges());
        });
    }

    LineageGraph graph() {
        return graph;
    }

    /** Where a node was told of, oldest first. */
    List<Source> sources(Digest id) {
        return List.copyOf(sources.getOrDefault(id, Set.of()));
    }

    /** A build by its job's name now. */
    Optional<Source> source(String job, int build) {
        return told.keySet().stream()
                .filter(source -> source.build() == build && source.job().isNamed(job))
                .findFirst();
    }

    /** What a build told of, in that order. */
    List<Node> told(Source source) {
        return told.getOrDefault(source, Set.of()).stream()
                .flatMap(id -> graph.node(id).stream())
                .toList();
    }

    /** How a build said that things depend on each other. */
    List<Edge> tied(Source source) {
        return List.copyOf(tied.getOrDefault(source, Set.of()));
    }

    /** What a build told of, of one kind. */
    List<Node> told(Source source, NodeKind kind) {
        return told(source).stream().filter(node -> node.kind() == kind).toList();
    }
}
