package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import io.mlcicd.lineage.graph.LineageGraph.Reached;
import io.mlcicd.lineage.graph.LineageGraph.Sighting;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A lineage as pages of its own: an index with every model, what it was judged and where it serves, and a page for each node
 * with all it came from and all that came of it. They need no script, no network and no server.
 */
public final class LineageSite {

    /** The page to begin with. */
    public static final String INDEX = "index.html";

    private static final int MOST_ROWS = 500;

    private final LineageGraph graph;
    private final Set<Digest> newestReleases;

    /** The pages of that graph. */
    public LineageSite(LineageGraph graph) {
        this.graph = graph;
        Map<String, Digest> byName = new HashMap<>();
        of(graph.nodes(), NodeKind.DEPLOYMENT).forEach(release -> byName.put(release.name(), release.id()));
        this.newestReleases = Set.copyOf(byName.values());
    }

    /** Hands on every page: its file's name, and its content. */
    public void write(BiConsumer<String, String> page) {
        page.accept(INDEX, index());
        graph.nodes().forEach(node -> page.accept(file(node.id()), page(node)));
    }

    private static String file(Digest id) {
        return id.value().substring("sha256:".length()) + ".html";
    }

    private String index() {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h1", "Lineage"));
        parts.add(models());
        for (NodeKind kind : NodeKind.values()) {
            if (kind != NodeKind.MODEL) {
                parts.add(list(kind));
            }
        }
        return HtmlReport.page("Lineage", element("main", Markup.join(parts)));
    }

    private Markup models() {
        List<Markup> rows = newest(NodeKind.MODEL).stream().map(this::model).toList();
        return rows.isEmpty()
                ? Markup.NONE
                : element(
                        "section id=\"models\"",
                        element("h2", "Models, newest first"),
                        scrolling(
                                "Models", List.of("Model", "Judged", "Serves", "Served", "Drift", "First seen"), rows));
    }

    private Markup model(Node model) {
        List<Node> next = graph.downstream(model.id()).reached().stream()
                .map(Reached::node)
                .toList();
        List<Node> releases = of(next, NodeKind.DEPLOYMENT);
        List<Node> serving = releases.stream().filter(this::serves).toList();
        List<Node> before = releases.stream().filter(each -> !serves(each)).toList();
        return element(
                "tr",
                element("th scope=\"row\"", link(model)),
                element("td", links(last(of(next, NodeKind.EVALUATION)))),
                element("td", links(serving)),
                element("td", links(before)),
                element("td", links(last(of(next, NodeKind.DRIFT)))),
                element("td class=\"soft\"", time(graph.first(model.id()))));
    }

    /** Of the releases under one name the newest serves, until it is said to have ended. */
    private boolean serves(Node release) {
        return !release.facts().containsKey("until") && newestReleases.contains(release.id());
    }

    private Markup list(NodeKind kind) {
        List<Markup> rows = newest(kind).stream()
                .limit(MOST_ROWS)
                .map(node -> element(
                        "tr",
                        element("th scope=\"row\"", link(node)),
                        element("td class=\"soft\"", time(graph.first(node.id())))))
                .toList();
        return rows.isEmpty()
                ? Markup.NONE
                : element(
                        "section" + attribute("id", kind.key()),
                        element("h2", kind.key()),
                        scrolling(kind.key(), List.of("What", "First seen"), rows));
    }

    private List<Node> newest(NodeKind kind) {
        List<Node> nodes = new ArrayList<>(of(graph.nodes(), kind));
        Collections.reverse(nodes);
        return nodes;
    }

    private static List<Node> of(List<Node> nodes, NodeKind kind) {
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    private static List<Node> last(List<Node> nodes) {
        return nodes.isEmpty() ? nodes : nodes.subList(nodes.size() - 1, nodes.size());
    }

    private String page(Node node) {
        Reach up = graph.upstream(node.id());
        Reach down = graph.downstream(node.id());
        List<Node> drawn = new ArrayList<>(List.of(node));
        up.reached().forEach(each -> drawn.add(each.node()));
        down.reached().forEach(each -> drawn.add(each.node()));
        Set<Edge> edges = new LinkedHashSet<>(up.edges());
        edges.addAll(down.edges());
        LineageLinks links = other -> other.id().equals(node.id())
                ? Optional.empty()
                : Optional.of(new LineageLinks.Link(file(other.id()), ""));
        String title = node.kind().key() + " " + node.name();
        return HtmlReport.page(
                title,
                element(
                        "main",
                        element("p", element("a" + attribute("href", INDEX), "Lineage")),
                        element("h1", title),
                        facts(node),
                        LineagePicture.draw(drawn, edges, links),
                        reached("Came from", up),
                        reached("Went into", down)));
    }

    private Markup facts(Node node) {
        List<Markup> rows = new ArrayList<>();
        node.facts().forEach((key, value) -> rows.add(fact(key, value)));
        rows.add(fact("first seen", seen(graph.first(node.id()))));
        rows.add(fact("last seen", seen(graph.last(node.id()))));
        return scrolling("Facts", List.of("Fact", "Value"), rows);
    }

    private static Markup fact(String key, String value) {
        return element("tr", element("th scope=\"row\"", key), element("td", element("code", value)));
    }

    private static String seen(Sighting sighting) {
        return time(sighting) + ", " + sighting.event() + ", " + sighting.verdict()
                + sighting.source().map(source -> ", " + source).orElse("");
    }

    private static String time(Sighting sighting) {
        return HtmlReport.TIME.format(sighting.at());
    }

    private static Markup reached(String title, Reach reach) {
        List<Markup> rows = reach.reached().stream()
                .limit(MOST_ROWS)
                .map(each -> element(
                        "tr",
                        element("td class=\"number\"", String.valueOf(each.distance())),
                        element("td", each.node().kind().key()),
                        element("th scope=\"row\"", link(each.node()))))
                .toList();
        return element(
                "section",
                element("h2", title + " (" + reach.reached().size() + ")"),
                rows.isEmpty()
                        ? element("p class=\"soft\"", "nothing that is known")
                        : scrolling(title, List.of("Steps" + HtmlReport.NUMERIC, "Kind", "What"), rows));
    }

    private static Markup scrolling(String name, List<String> heads, List<Markup> rows) {
        return HtmlReport.scrolling(name, HtmlReport.table(heads, rows));
    }

    private static Markup links(List<Node> nodes) {
        return Markup.join(
                nodes.stream().map(node -> element("div", link(node))).toList());
    }

    private static Markup link(Node node) {
        return element("a" + attribute("href", file(node.id())), LineageLines.brief(node));
    }
}
