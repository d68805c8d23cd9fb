package io.mlcicd.report;

import io.mlcicd.lineage.graph.Node;
import java.util.Optional;

/** Where more is known of what a model comes from. */
@FunctionalInterface
public interface LineageLinks {

    /** Nothing is known anywhere else. */
    LineageLinks NONE = node -> Optional.empty();

    /** The page of a node; empty when there is none. */
    Optional<Link> of(Node node);

    /**
     * A link.
     *
     * @param url where it leads, relative to the report or absolute
     * @param title what is there, such as {@code build #12}; empty for a page about the node itself
     */
    record Link(String url, String title) {}
}
