package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the node downstream depends on the one upstream. */
public enum EdgeKind {
    /** Upstream is something that downstream, which happened, used. */
    USED("used"),
    /** Upstream is what happened, downstream what came out of it. */
    PRODUCED("produced"),
    /** Both are things, and downstream was made of upstream, as an image is of a model. */
    DERIVED("derived"),
    /** Both happened, downstream because of upstream. */
    CAUSED("caused"),
    /** Upstream is a contract that downstream, data, were held against. */
    CHECKED("checked");

    private static final Map<String, EdgeKind> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(EdgeKind::key, Function.identity()));

    private final String key;

    EdgeKind(String key) {
        this.key = key;
    }

    /** The name in documents. */
    @JsonValue
    public String key() {
        return key;
    }

    /** How nodes of these kinds are connected. */
    static EdgeKind between(NodeKind upstream, NodeKind downstream) {
        if (upstream.isActivity()) {
            return downstream.isActivity() ? CAUSED : PRODUCED;
        }
        if (downstream.isActivity()) {
            return USED;
        }
        return upstream == NodeKind.CONTRACT ? CHECKED : DERIVED;
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    @JsonCreator
    public static EdgeKind of(String key) {
        EdgeKind kind = BY_KEY.get(key);
        if (kind == null) {
            throw new IllegalArgumentException("'" + key + "' is no kind of edge");
        }
        return kind;
    }
}
