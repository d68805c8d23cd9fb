package io.mlcicd.signature;

import io.mlcicd.lineage.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What came of verifying an image.
 *
 * @param digest the image's, by its manifest or index; empty when there is no such image
 * @param signed whether a signature of the key is there for it
 * @param statements the types of the statements about it that are signed with the key, such as
 *     {@code https://slsa.dev/provenance/v1}
 * @param findings one sentence for everything that is not as it should be; empty when the image may be trusted
 */
public record VerifiedImage(Optional<Digest> digest, boolean signed, List<String> statements, List<String> findings) {

    public VerifiedImage {
        statements = List.copyOf(statements);
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong with it. */
    public boolean holds() {
        return signed && findings.isEmpty();
    }
}
