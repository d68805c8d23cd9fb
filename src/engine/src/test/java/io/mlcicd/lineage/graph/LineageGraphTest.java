package io.mlcicd.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlcicd.lineage.graph.LineageGraph.Reached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageGraphTest {

    private static final Node DATA = node(NodeKind.DATA, "train", "1");
    private static final Node OTHER_DATA = node(NodeKind.DATA, "train", "2");
    private static final Node CODE = node(NodeKind.COMMIT, "code", "c0ffee");
    private static final Node TRAINING = node(NodeKind.TRAINING, "training", "t1");
    private static final Node OTHER_TRAINING = node(NodeKind.TRAINING, "training", "t2");
    private static final Node MODEL = node(NodeKind.MODEL, "model", "m1");
    private static final Node OTHER_MODEL = node(NodeKind.MODEL, "model", "m2");
    private static final Node RELEASE = node(NodeKind.DEPLOYMENT, "weather", "d1");

    private static Node node(NodeKind kind, String name, String identity) {
        return Node.of(kind, identity, name, Map.of("id", identity));
    }

    private final LineageGraph graph = new LineageGraph();

    private void know(List<Node> nodes, Edge... edges) {
        graph.add(new LineageEvent("m", "e", "v", nodes, List.of(edges)), Instant.EPOCH);
    }

    private void knowTwoModels() {
        know(
                List.of(DATA, CODE, TRAINING, MODEL, RELEASE),
                Edge.between(DATA, TRAINING),
                Edge.between(CODE, TRAINING),
                Edge.between(TRAINING, MODEL),
                Edge.between(MODEL, RELEASE));
        know(
                List.of(OTHER_DATA, CODE, OTHER_TRAINING, OTHER_MODEL),
                Edge.between(OTHER_DATA, OTHER_TRAINING),
                Edge.between(CODE, OTHER_TRAINING),
                Edge.between(OTHER_TRAINING, OTHER_MODEL));
    }

    @Test
    void tellsWhatANodeCameFromAndWhatCameOfIt() {
        knowTwoModels();

        assertThat(graph.upstream(RELEASE.id()).reached())
                .extracting(Reached::node, Reached::distance)
                .containsExactly(tuple(MODEL, 1), tuple(TRAINING, 2), tuple(DATA, 3), tuple(CODE, 3));
        assertThat(graph.downstream(CODE.id()).reached())
                .extracting(Reached::node)
                .containsExactly(TRAINING, OTHER_TRAINING, MODEL, OTHER_MODEL, RELEASE);
        assertThat(graph.downstream(DATA.id()).edges())
                .extracting(Edge::kind)
                .containsExactly(EdgeKind.USED, EdgeKind.PRODUCED, EdgeKind.USED);
    }

    @Test
    void tellsWhatDiffersBetweenTwoModels() {
        knowTwoModels();

        LineageDiff diff = LineageDiff.between(graph, MODEL, OTHER_MODEL);

        assertThat(diff.same()).containsExactly(CODE);
        assertThat(diff.changed())
                .extracting(
                        LineageDiff.Change::kind,
                        change -> change.before().orElseThrow(),
                        change -> change.after().orElseThrow())
                .containsExactly(
                        tuple(NodeKind.MODEL, MODEL, OTHER_MODEL),
                        tuple(NodeKind.TRAINING, TRAINING, OTHER_TRAINING),
                        tuple(NodeKind.DATA, DATA, OTHER_DATA));
    }

    @Test
    void theSameContentIsOneNodeOfWhichMoreMayBecomeKnown() {
        know(List.of(DATA));
        know(List.of(new Node(DATA.id(), DATA.kind(), "history", new java.util.TreeMap<>(Map.of("rows", "10")))));

        assertThat(graph.nodes()).singleElement().satisfies(node -> {
            assertThat(node.name()).isEqualTo("history");
            assertThat(node.facts()).isEqualTo(Map.of("id", "1", "rows", "10"));
        });
    }

    @Test
    void nodesAreFoundByNameIdAndFact() {
        knowTwoModels();

        assertThat(graph.find("c0ff")).containsExactly(CODE);
        assertThat(graph.find("model")).containsExactly(OTHER_MODEL, MODEL);
        assertThat(graph.find(RELEASE.id().abbreviated())).containsExactly(RELEASE);
        assertThat(graph.find("nothing")).isEmpty();
        assertThat(graph.newest(NodeKind.MODEL)).contains(OTHER_MODEL);
    }

    /** Against the transitive closure that Floyd's and Warshall's algorithm computes. */
    @Test
    void reachesExactlyTheTransitiveClosure() {
        Random random = new Random(4);
        int size = 60;
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(node(NodeKind.MODEL, "n" + i, "n" + i));
        }
        boolean[][] reaches = new boolean[size][size];
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            int from = random.nextInt(size);
            int to = random.nextInt(size);
            reaches[from][to] = true;
            edges.add(Edge.between(nodes.get(from), nodes.get(to)));
        }
        know(nodes, edges.toArray(Edge[]::new));
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    reaches[i][j] |= reaches[i][k] && reaches[k][j];
                }
            }
        }

        for (int i = 0; i < size; i++) {
            Set<Node> expected = new HashSet<>();
            for (int j = 0; j < size; j++) {
                if (reaches[i][j] && i != j) {
                    expected.add(nodes.get(j));
                }
            }
            assertThat(graph.downstream(nodes.get(i).id()).reached())
                    .extracting(Reached::node)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
