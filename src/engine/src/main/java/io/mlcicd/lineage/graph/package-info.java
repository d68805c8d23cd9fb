/** Where models come from and where they went, as an append-only log of records and the graph that they make. */
package io.mlcicd.lineage.graph;
