package io.mlcicd.packaging.supplychain;

import io.mlcicd.signature.SigningKey;
import java.util.Optional;

/**
 * What is to go along with an image.
 *
 * @param sbom whether a bill of materials is written
 * @param provenance whether the provenance is written
 * @param key the private key to sign with; empty for none
 */
public record SupplyChain(boolean sbom, boolean provenance, Optional<SigningKey> key) {

    /** Both documents, unsigned. */
    public static final SupplyChain UNSIGNED = new SupplyChain(true, true, Optional.empty());
}
