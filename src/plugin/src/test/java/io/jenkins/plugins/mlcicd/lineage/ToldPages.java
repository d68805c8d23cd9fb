package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.graph.Node;

/**
 * Addresses of pages of the lineage.
 *
 * @param node of a model
 * @param difference of two models
 */
public record ToldPages(String node, String difference) {

    /** Tells of two models, and where they are. */
    public static ToldPages tell() {
        Told.release("reviewed #1", "small", "data", "first", "production");
        Told.release("reviewed #2", "small", "later", "second", "production");
        Told.evaluation("reviewed #2", "small", "UNSTABLE", 0.87654);
        Told.drift("reviewed #2", "small", "PASSED", 0.6, true);
        Node first = Told.model("small", "first");
        Node second = Told.model("small", "second");
        return new ToldPages(
                NodeView.url(first.id()), "ml-cicd/lineage/diff/?before=" + hex(first) + "&after=" + hex(second));
    }

    private static String hex(Node node) {
        return node.id().value().substring("sha256:".length());
    }
}
