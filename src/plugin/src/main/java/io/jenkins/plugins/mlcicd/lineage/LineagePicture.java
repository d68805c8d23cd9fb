package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes in columns, what came before on the left; drawn on the server, so that it needs no script. Lengths are in pixels. */
public final class LineagePicture {

    private static final int WIDTH = 190;
    private static final int HEIGHT = 62;
    private static final int BETWEEN_COLUMNS = 52;
    private static final int BETWEEN_ROWS = 14;
    private static final int MARGIN = 8;
    private static final int MOST_IN_A_COLUMN = 8;
    private static final int BOLD_LETTERS = 21;
    private static final int LETTERS = 25;

    private final List<Box> boxes = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final int width;
    private final int height;

    /** A node, drawn. */
    public static final class Box {
        private final NodeView node;
        private final boolean chosen;
        private final int x;
        private final int y;

        private Box(NodeView node, boolean chosen, int x, int y) {
            this.node = node;
            this.chosen = chosen;
            this.x = x;
            this.y = y;
        }

        public NodeView getNode() {
            return node;
        }

        /** Whether it is the node that the page is about. */
        public boolean isChosen() {
            return chosen;
        }

        public int getX() {
            return x;
        }

        public int getY() {
            return y;
        }

        /** Its name, as much of it as there is room for. */
        public String getName() {
            return cut(node.getName(), BOLD_LETTERS);
        }

        public String getDetail() {
            return cut(node.getDetail(), LETTERS);
        }

        private static String cut(String text, int letters) {
            return text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
        }
    }

    /**
     * A node and the column it is to stand in.
     *
     * @param column any number; columns are drawn in their order
     */
    record Placed(NodeView node, int column) {}

    /**
     * Draws these nodes, of a column with more than {@value #MOST_IN_A_COLUMN} the first.
     *
     * @param chosen the node that the page is about
     */
    LineagePicture(List<Placed> nodes, List<Edge> edges, Optional<Digest> chosen) {
        SortedMap<Integer, List<NodeView>> columns = new TreeMap<>();
        nodes.forEach(placed -> columns.computeIfAbsent(placed.column(), column -> new ArrayList<>())
                .add(placed.node()));
        columns.replaceAll((column, all) -> all.subList(0, Math.min(MOST_IN_A_COLUMN, all.size())));
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
        this.height = 2 * MARGIN + Math.max(0, rows * (HEIGHT + BETWEEN_ROWS) - BETWEEN_ROWS);
        this.width = 2 * MARGIN + Math.max(0, columns.size() * (WIDTH + BETWEEN_COLUMNS) - BETWEEN_COLUMNS);
        Map<Digest, Box> byId = new HashMap<>();
        int x = MARGIN;
        for (List<NodeView> column : columns.values()) {
            int y = (height - column.size() * (HEIGHT + BETWEEN_ROWS) + BETWEEN_ROWS) / 2;
            for (NodeView node : column) {
                Digest id = node.node().id();
                Box box = new Box(node, chosen.filter(id::equals).isPresent(), x, y);
                boxes.add(box);
                byId.put(id, box);
                y += HEIGHT + BETWEEN_ROWS;
            }
            x += WIDTH + BETWEEN_COLUMNS;
        }
        for (Edge edge : edges) {
            Box from = byId.get(edge.upstream());
            Box to = byId.get(edge.downstream());
            if (from != null && to != null) {
                lines.add(line(from, to));
            }
        }
    }

    /** A curve from the right side of one to the left side of the other. */
    private static String line(Box from, Box to) {
        int x1 = from.x + WIDTH;
        int y1 = from.y + HEIGHT / 2;
        int y2 = to.y + HEIGHT / 2;
        int bend = Math.max(BETWEEN_COLUMNS / 2, Math.abs(to.x - x1) / 2);
        return "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, to.x - bend, y2, to.x, y2);
    }

    public List<Box> getBoxes() {
        return boxes;
    }

    /** The edges, as an SVG path has them. */
    public List<String> getLines() {
        return lines;
    }

    public int getWidth() {
        return width;
    }

    public int getHeight() {
        return height;
    }

    public int getBoxWidth() {
        return WIDTH;
    }

    public int getBoxHeight() {
        return HEIGHT;
    }
}
