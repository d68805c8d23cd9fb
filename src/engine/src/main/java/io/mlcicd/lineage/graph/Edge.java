package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Digest;

/**
 * That one node depends on another.
 *
 * @param upstream what was there before
 * @param downstream what depends on it
 * @param kind in what way
 */
public record Edge(Digest upstream, Digest downstream, EdgeKind kind) {

    /** The edge between two nodes, whose kinds say in what way they depend. */
    public static Edge between(Node upstream, Node downstream) {
        return new Edge(upstream.id(), downstream.id(), EdgeKind.between(upstream.kind(), downstream.kind()));
    }
}
