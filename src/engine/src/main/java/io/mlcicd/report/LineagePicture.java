package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.LineageEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a model comes from and where it went, from left to right; what is known elsewhere can be followed. */
final class LineagePicture {

    private static final int WIDTH = 144;
    private static final int HEIGHT = 46;
    private static final int COLUMN = 178;
    private static final int ROW = 60;
    private static final int MARGIN = 4;
    private static final int INDENT = 10;
    private static final int FIRST_LINE = 18;
    private static final int SECOND_LINE = 36;
    private static final int MOST_LETTERS = 20;
    private static final int DIGITS = 12;
    private static final int MOST_IN_A_COLUMN = 8;

    private final Map<Digest, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final LineageLinks links;

    private record Point(int x, int y) {}

    private LineagePicture(LineageLinks links) {
        this.links = links;
    }

    /** The picture of these stages; nothing when they tell of less than two things. */
    static Markup draw(List<Result<JsonNode>> stages, LineageLinks links) {
        LineagePicture picture = new LineagePicture(links);
        for (Result<JsonNode> stage : stages) {
            byte[] document = Json.write(stage).getBytes(StandardCharsets.UTF_8);
            LineageEvent event = LineageEvents.of(stage, Digests.of(document));
            event.nodes().forEach(node -> picture.nodes.merge(node.id(), node, (before, now) -> now));
            picture.edges.addAll(event.edges());
        }
        return picture.nodes.size() < 2 ? Markup.NONE : picture.draw();
    }

    /**
     * The picture of some nodes; of a column with more than {@value #MOST_IN_A_COLUMN} the first, so the nearest ones are best
     * put first.
     */
    static Markup draw(List<Node> nodes, Collection<Edge> edges, LineageLinks links) {
        LineagePicture picture = new LineagePicture(links);
        Map<NodeKind, Integer> drawn = new EnumMap<>(NodeKind.class);
        for (Node node : nodes) {
            if (drawn.merge(node.kind(), 1, Integer::sum) <= MOST_IN_A_COLUMN) {
                picture.nodes.put(node.id(), node);
            }
        }
        picture.edges.addAll(edges);
        return picture.nodes.size() < 2 ? Markup.NONE : picture.draw();
    }

    private Markup draw() {
        Map<Integer, List<Node>> columns = new TreeMap<>();
        nodes.values()
                .forEach(node -> columns.computeIfAbsent(column(node.kind()), any -> new ArrayList<>())
                        .add(node));
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
        Map<Digest, Point> places = new HashMap<>();
        int x = MARGIN;
        for (List<Node> column : columns.values()) {
            int y = MARGIN + (rows - column.size()) * ROW / 2;
            for (Node node : column) {
                places.put(node.id(), new Point(x, y));
                y += ROW;
            }
            x += COLUMN;
        }
        int width = x - COLUMN + WIDTH + MARGIN;
        int height = rows * ROW - (ROW - HEIGHT) + 2 * MARGIN;
        List<Markup> parts = new ArrayList<>();
        for (Edge edge : edges) {
            Point from = places.get(edge.upstream());
            Point to = places.get(edge.downstream());
            if (from != null && to != null) {
                parts.add(curve(from, to));
            }
        }
        columns.values().forEach(column -> column.forEach(node -> parts.add(box(node, places.get(node.id())))));
        String svg =
                "svg class=\"lineage\" role=\"group\" aria-label=\"Lineage\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        .formatted(width, height, width, height);
        return HtmlReport.scrolling("Lineage as a picture", element(svg, Markup.join(parts)));
    }

    private static int column(NodeKind kind) {
        return switch (kind) {
            case CONTRACT -> 0;
            case DATA, COMMIT, PARAMETERS, ENVIRONMENT -> 1;
            case TRAINING -> 2;
            case MODEL -> 3;
            case EVALUATION, IMAGE -> 4;
            case DEPLOYMENT, DRIFT -> 5;
            case RETRAINING -> 6;
        };
    }

    private static Markup curve(Point from, Point to) {
        int startX = from.x + WIDTH;
        int startY = from.y + HEIGHT / 2;
        int endY = to.y + HEIGHT / 2;
        int bend = Math.max(24, (to.x - startX) / 2);
        return element(
                "path class=\"edge\""
                        + attribute(
                                "d",
                                "M%d %d C%d %d %d %d %d %d"
                                        .formatted(
                                                startX, startY, startX + bend, startY, to.x - bend, endY, to.x, endY)),
                "");
    }

    private Markup box(Node node, Point at) {
        Optional<LineageLinks.Link> link = links.of(node);
        String whole = node.kind().key() + " " + node.name()
                + identity(node).map(id -> ", " + id).orElse("")
                + link.map(LineageLinks.Link::title)
                        .filter(title -> !title.isEmpty())
                        .map(title -> ", " + title)
                        .orElse("");
        Markup content = Markup.join(List.of(
                element("title", whole),
                element(
                        "rect rx=\"8\"%s%s width=\"%d\" height=\"%d\""
                                .formatted(attribute("x", at.x), attribute("y", at.y), WIDTH, HEIGHT),
                        ""),
                text(
                        "kind",
                        at,
                        FIRST_LINE,
                        node.kind().key()
                                + link.map(LineageLinks.Link::title)
                                        .filter(title -> !title.isEmpty())
                                        .map(title -> " · " + title)
                                        .orElse("")),
                text("name", at, SECOND_LINE, label(node))));
        String kind = " class=\"node " + (node.kind().isActivity() ? "activity" : "thing") + "\"";
        return link.map(to ->
                        element("a" + kind + attribute("href", to.url()) + attribute("aria-label", whole), content))
                .orElseGet(() -> element("g role=\"img\"" + kind + attribute("aria-label", whole), content));
    }

    private static Markup text(String style, Point at, int line, String text) {
        String shown = text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
        return element(
                "text class=\"" + style + "\"" + attribute("x", at.x + INDENT) + attribute("y", at.y + line), shown);
    }

    private static String label(Node node) {
        return switch (node.kind()) {
            case COMMIT, MODEL -> identity(node).orElse(node.name());
            case TRAINING -> node.facts().getOrDefault("command", node.name());
            case ENVIRONMENT ->
                node.facts().getOrDefault("runtime", node.facts().getOrDefault("platform", node.name()));
            case EVALUATION -> node.facts().getOrDefault("verdict", node.name());
            case DEPLOYMENT -> node.facts().getOrDefault("environment", node.name());
            default -> node.name();
        };
    }

    private static Optional<String> identity(Node node) {
        String id = node.facts()
                .getOrDefault("sha", node.facts().getOrDefault("digest", ""))
                .replaceFirst("^sha256:", "");
        return Optional.of(id.substring(0, Math.min(DIGITS, id.length()))).filter(text -> !text.isEmpty());
    }
}
