package io.mlcicd.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.lineage.Digest;
import java.io.IOException;

/**
 * A part of an image by content (descriptor.md of the OCI image specification 1.1).
 *
 * @param digest what it is
 * @param size its size in bytes
 */
public record Descriptor(Digest digest, long size) {

    /** Where an image layout keeps it. */
    public String path() {
        return "blobs/" + digest.value().replace(':', '/');
    }

    /**
     * Reads one.
     *
     * @throws IOException when the node is none
     */
    public static Descriptor of(JsonNode node) throws IOException {
        try {
            return new Descriptor(
                    new Digest(node.path("digest").asText()), node.path("size").asLong());
        } catch (IllegalArgumentException e) {
            throw new IOException("it names no digest where it must", e);
        }
    }
}
