package io.mlcicd.report;

import io.mlcicd.lineage.graph.LineageDiff;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import io.mlcicd.lineage.graph.LineageGraph.Reached;
import io.mlcicd.lineage.graph.LineageGraph.Sighting;
import io.mlcicd.lineage.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers of the lineage graph as lines of text. */
public final class LineageLines {

    private static final int MOST_VALUES = 6;
    private static final int COMMIT_DIGITS = 12;
    private static final int KIND_WIDTH = 11;
    private static final int DISTANCE_WIDTH = 4;
    private static final String METRIC = "metric ";
    private static final String VALUE = "value ";
    private static final String FILE = "file ";

    private LineageLines() {}

    /** A node in one line: its kind, what tells it from others, and an id to ask for it by. */
    public static String node(Node node) {
        String kind = node.kind().key();
        return kind + " ".repeat(Math.max(0, KIND_WIDTH - kind.length())) + " " + brief(node);
    }

    /** What is known of a node: its facts, when it was first and last told of, its neighbours. */
    public static String shown(LineageGraph graph, Node node) {
        List<String> lines = new ArrayList<>();
        lines.add(node(node));
        node.facts().forEach((key, value) -> lines.add("  %-11s %s".formatted(key, value)));
        lines.add("  %-11s %s".formatted("first", sighting(graph.first(node.id()))));
        lines.add("  %-11s %s".formatted("last", sighting(graph.last(node.id()))));
        List<String> from = neighbours(graph.upstream(node.id()));
        List<String> to = neighbours(graph.downstream(node.id()));
        from.forEach(each -> lines.add("  from        " + each));
        to.forEach(each -> lines.add("  to          " + each));
        return String.join("\n", lines);
    }

    private static List<String> neighbours(Reach reach) {
        return reach.reached().stream()
                .filter(each -> each.distance() == 1)
                .map(each -> node(each.node()))
                .toList();
    }

    private static String sighting(Sighting sighting) {
        return sighting.at() + ", " + sighting.event() + " of " + sighting.model() + ", " + sighting.verdict()
                + sighting.source().map(source -> ", " + source).orElse("");
    }

    /** The node that was asked for, and all that was reached, nearest first, each with its distance in edges. */
    public static String reached(Reach reach) {
        StringBuilder text = new StringBuilder(node(reach.from()));
        for (Reached each : reach.reached()) {
            String distance = String.valueOf(each.distance());
            text.append('\n')
                    .append(" ".repeat(Math.max(0, DISTANCE_WIDTH - distance.length())))
                    .append(distance)
                    .append("  ")
                    .append(node(each.node()));
        }
        return reach.reached().isEmpty() ? text.append("\n      nothing").toString() : text.toString();
    }

    /** What differs, each with what it was before and after, and what does not. */
    public static String diff(Node before, Node after, LineageDiff diff) {
        List<String> lines = new ArrayList<>();
        lines.add("before  " + node(before));
        lines.add("after   " + node(after));
        for (LineageDiff.Change change : diff.changed()) {
            lines.add(title(change));
            differences(change).forEach(line -> lines.add("    " + line));
        }
        String same = diff.same().stream()
                .map(node -> node.kind().key() + " " + node.name())
                .collect(Collectors.joining(", "));
        lines.add(same.isEmpty() ? "nothing is the same" : "the same: " + same);
        return String.join("\n", lines);
    }

    private static String title(LineageDiff.Change change) {
        String what = change.kind().key() + " " + change.name();
        if (change.before().isEmpty()) {
            return "  + " + what + ": "
                    + change.after().map(LineageLines::brief).orElse("");
        }
        if (change.after().isEmpty()) {
            return "  - " + what + ": "
                    + change.before().map(LineageLines::brief).orElse("");
        }
        return "  ~ " + what;
    }

    /** Of what both have, the facts that differ. */
    public static List<String> differences(LineageDiff.Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> before = change.before().get().facts();
        SortedMap<String, String> after = change.after().get().facts();
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            String then = before.getOrDefault(key, "none");
            String now = after.getOrDefault(key, "none");
            if (!then.equals(now)) {
                lines.add(plain(key) + ": " + shortened(then) + " → " + shortened(now));
            }
        }
        return lines;
    }

    private static String plain(String key) {
        return key.startsWith(METRIC) || key.startsWith(VALUE) || key.startsWith(FILE)
                ? key.substring(key.indexOf(' ') + 1)
                : key;
    }

    private static String shortened(String value) {
        return value.startsWith("sha256:") ? abbreviated(value) : value;
    }

    /** What tells a node from others of its kind. */
    static String brief(Node node) {
        return switch (node.kind()) {
            case DATA, CONTRACT, MODEL ->
                join(
                        " ",
                        Optional.of(node.name())
                                .filter(name -> !name.equals(node.kind().key())),
                        fact(node, "path"),
                        digest(node),
                        size(node));
            case COMMIT -> commit(node);
            case ENVIRONMENT ->
                join(", ", fact(node, "platform"), fact(node, "runtime"), list(node, FILE)) + " " + id(node);
            case PARAMETERS -> join(" ", list(node, VALUE), Optional.of(id(node)));
            case TRAINING -> join(" ", fact(node, "command"), Optional.of(id(node)));
            case EVALUATION -> join(" ", digest(node), fact(node, "verdict"), list(node, METRIC));
            case IMAGE -> join("@", fact(node, "reference"), fact(node, "digest"));
            case DEPLOYMENT -> deployment(node);
            case DRIFT -> join(" ", digest(node), list(node, METRIC));
            case RETRAINING -> join(": ", Optional.of(node.name()), fact(node, "reason 1"));
        };
    }

    private static String commit(Node node) {
        String sha = node.facts().getOrDefault("sha", "");
        return sha.substring(0, Math.min(COMMIT_DIGITS, sha.length()))
                + fact(node, "branch").map(branch -> " on " + branch).orElse("")
                + fact(node, "tag").map(tag -> ", tag " + tag).orElse("")
                + fact(node, "dirty").map(dirty -> ", with uncommitted changes").orElse("");
    }

    private static String deployment(Node node) {
        return node.name()
                + fact(node, "target").map(target -> " as " + target).orElse("")
                + fact(node, "release").map(release -> ", release " + release).orElse("")
                + fact(node, "url").map(url -> " at " + url).orElse("")
                + fact(node, "at").map(at -> ", since " + second(at)).orElse("")
                + fact(node, "until").map(until -> " until " + second(until)).orElse("")
                + fact(node, "environment").map(name -> ", in " + name).orElse("")
                + fact(node, "approvedBy").map(name -> ", approved by " + name).orElse("");
    }

    private static String second(String time) {
        return time.replaceFirst("\\.[0-9]+Z$", "Z");
    }

    private static Optional<String> fact(Node node, String key) {
        return Optional.ofNullable(node.facts().get(key));
    }

    private static Optional<String> digest(Node node) {
        return fact(node, "digest").map(LineageLines::abbreviated);
    }

    private static String id(Node node) {
        return "(" + node.id().abbreviated() + ")";
    }

    private static String abbreviated(String digest) {
        return digest.substring(0, Math.min("sha256:".length() + COMMIT_DIGITS, digest.length()));
    }

    private static Optional<String> size(Node node) {
        return fact(node, "bytes").map(bytes -> "(" + Numbers.bytes(Long.parseLong(bytes)) + ")");
    }

    /** The first of the facts of one family. */
    private static Optional<String> list(Node node, String family) {
        Map<String, String> of = new TreeMap<>();
        node.facts().forEach((key, value) -> {
            if (key.startsWith(family)) {
                of.put(key.substring(family.length()), value);
            }
        });
        if (of.isEmpty()) {
            return Optional.empty();
        }
        String first = of.entrySet().stream()
                .limit(MOST_VALUES)
                .map(each -> family.equals(FILE) ? each.getKey() : each.getKey() + "=" + rounded(each.getValue()))
                .collect(Collectors.joining(" "));
        return Optional.of(of.size() > MOST_VALUES ? first + " …" : first);
    }

    private static String rounded(String value) {
        try {
            return value.contains(".") ? Numbers.rounded(Double.parseDouble(value)) : value;
        } catch (NumberFormatException e) {
            return value;
        }
    }

    @SafeVarargs
    private static String join(String separator, Optional<String>... parts) {
        List<String> there = new ArrayList<>();
        for (Optional<String> part : parts) {
            part.filter(text -> !text.isEmpty()).ifPresent(there::add);
        }
        return String.join(separator, there);
    }
}
