package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a node of the lineage is. */
public enum NodeKind {
    /** A data set of one content. */
    DATA("data", false),
    /** A data contract of one content. */
    CONTRACT("contract", false),
    /** A commit of the code. */
    COMMIT("commit", false),
    /** What the model was trained in: platform, interpreter, locked dependencies. */
    ENVIRONMENT("environment", false),
    /** The parameters of a training. */
    PARAMETERS("parameters", false),
    /** A training run. */
    TRAINING("training", true),
    /** A model of one content. */
    MODEL("model", false),
    /** The result document of an evaluation. */
    EVALUATION("evaluation", false),
    /** A container image. */
    IMAGE("image", false),
    /** A release that serves or served, or a batch that ran. */
    DEPLOYMENT("deployment", true),
    /** A drift check. */
    DRIFT("drift", true),
    /** A decision to train anew, or not to. */
    RETRAINING("retraining", true);

    private static final Map<String, NodeKind> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(NodeKind::key, Function.identity()));

    private final String key;
    private final boolean activity;

    NodeKind(String key, boolean activity) {
        this.key = key;
        this.activity = activity;
    }

    /** The name in documents and on the command line. */
    @JsonValue
    public String key() {
        return key;
    }

    /** Whether it is something that happened, rather than something that there is. */
    public boolean isActivity() {
        return activity;
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    @JsonCreator
    public static NodeKind of(String key) {
        NodeKind kind = BY_KEY.get(key);
        if (kind == null) {
            throw new IllegalArgumentException("'" + key + "' is no kind of lineage");
        }
        return kind;
    }
}
