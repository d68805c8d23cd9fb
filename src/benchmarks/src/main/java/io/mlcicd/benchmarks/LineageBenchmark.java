package io.mlcicd.benchmarks;

import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What came of a data set and what a release came from, asked of a lineage of so many records: of the graph in memory, and of
 * a table of edges with a recursive query, as metadata stores do it. Each model is trained because of the drift of the one
 * before, so that the newest release comes from nearly all there is, which is the most that can be asked for.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class LineageBenchmark {

    private static final int RECORDS_A_MODEL = 7;
    private static final int MODELS_A_DATA_SET = 20;

    @Param("100000")
    public int rows;

    @Param({"upstream", "downstream"})
    public String question;

    private final LineageGraph graph = new LineageGraph();
    private Node asked;
    private Connection database;
    private PreparedStatement query;

    @Setup
    public void record() throws SQLException {
        List<Edge> edges = new ArrayList<>();
        Node data = node(NodeKind.DATA, "train", 0);
        Optional<Node> decision = Optional.empty();
        Node release = data;
        for (int i = 0; i < Math.max(1, rows / RECORDS_A_MODEL); i++) {
            if (i % MODELS_A_DATA_SET == 0) {
                data = node(NodeKind.DATA, "train", i);
            }
            Node commit = node(NodeKind.COMMIT, "code", i);
            Node training = node(NodeKind.TRAINING, "training", i);
            Node model = node(NodeKind.MODEL, "weather", i);
            Node evaluation = node(NodeKind.EVALUATION, "evaluation", i);
            Node drift = node(NodeKind.DRIFT, "drift", i);
            Node next = node(NodeKind.RETRAINING, "retraining", i);
            release = node(NodeKind.DEPLOYMENT, "weather", i);
            List<Edge> of = new ArrayList<>(List.of(
                    Edge.between(data, training),
                    Edge.between(commit, training),
                    Edge.between(training, model),
                    Edge.between(model, evaluation),
                    Edge.between(evaluation, release),
                    Edge.between(model, release),
                    Edge.between(model, drift),
                    Edge.between(drift, next)));
            decision.ifPresent(because -> of.add(Edge.between(because, training)));
            graph.add(
                    new LineageEvent(
                            "weather",
                            "deploy",
                            "PASSED",
                            List.of(data, commit, training, model, evaluation, release, drift, next),
                            of),
                    Instant.EPOCH.plusSeconds(i));
            edges.addAll(of);
            decision = Optional.of(next);
        }
        boolean up = question.equals("upstream");
        asked = up ? release : node(NodeKind.DATA, "train", 0);
        table(edges, up ? "upstream" : "downstream", up ? "downstream" : "upstream");
    }

    private static Node node(NodeKind kind, String name, int number) {
        return Node.of(
                kind, name + number, name, Map.of("digest", "sha256:" + "0".repeat(56) + "%08x".formatted(number)));
    }

    private void table(List<Edge> edges, String wanted, String given) throws SQLException {
        database = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = database.createStatement()) {
            statement.execute("create table edge (upstream varchar, downstream varchar)");
        }
        try (DuckDBAppender appender = database.unwrap(DuckDBConnection.class).createAppender("edge")) {
            for (Edge edge : edges) {
                appender.beginRow();
                appender.append(edge.upstream().value());
                appender.append(edge.downstream().value());
                appender.endRow();
            }
        }
        query = database.prepareStatement(("with recursive reached as (select %1$s as id from edge where %2$s = ?"
                        + " union select edge.%1$s from edge join reached on edge.%2$s = reached.id)"
                        + " select count(*) from reached")
                .formatted(wanted, given));
    }

    @Benchmark
    public int engine() {
        LineageGraph.Reach reach =
                question.equals("upstream") ? graph.upstream(asked.id()) : graph.downstream(asked.id());
        return reach.reached().size();
    }

    @Benchmark
    public int peer() throws SQLException {
        query.setString(1, asked.id().value());
        try (ResultSet result = query.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    @TearDown
    public void close() throws SQLException {
        query.close();
        database.close();
    }
}
