package io.mlcicd.packaging.supplychain;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to go along with an image.
 *
 * @param sbom whether a bill of materials is written
 * @param provenance whether the provenance is written
 * @param key the private key to sign with; empty for none
 * @param password of the key; never shown
 */
public record SupplyChain(boolean sbom, boolean provenance, Optional<Path> key, Optional<String> password) {

    /** Both documents, unsigned. */
    public static final SupplyChain UNSIGNED = new SupplyChain(true, true, Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "SupplyChain[sbom=%s, provenance=%s, key=%s]".formatted(sbom, provenance, key);
    }
}
