package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing, or one thing that happened.
 *
 * @param id follows from what it is: the same content has the same id wherever it is recorded
 * @param kind what it is
 * @param name what people call it
 * @param facts what else is known, such as {@code digest}, {@code path}, {@code remote}
 */
public record Node(Digest id, NodeKind kind, String name, SortedMap<String, String> facts) {

    public Node {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /**
     * A node.
     *
     * @param identity what tells it from others of its kind: a digest, a commit's id, or all that makes a run what it is
     */
    public static Node of(NodeKind kind, String identity, String name, Map<String, String> facts) {
        byte[] content = (kind.key() + "\n" + identity).getBytes(StandardCharsets.UTF_8);
        return new Node(Digests.of(content), kind, name, new TreeMap<>(facts));
    }

    /** The same node, of which one thing more is known. */
    public Node with(String fact, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new Node(id, kind, name, more);
    }

    /** Whether a text is the beginning of its id, of its name, or of a fact that identifies it. */
    boolean matches(String text) {
        return name.startsWith(text)
                || isDigest(id.value(), text)
                || facts.values().stream().anyMatch(fact -> fact.startsWith(text) || isDigest(fact, text));
    }

    private static boolean isDigest(String value, String text) {
        return value.startsWith("sha256:") && (value.startsWith(text) || value.startsWith("sha256:" + text));
    }
}
