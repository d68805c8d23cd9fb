package io.mlcicd.packaging.supplychain;

import java.util.List;
import java.util.Optional;

/**
 * What goes along with an image.
 *
 * @param components how many components the bill of materials lists; 0 when there is none
 * @param files the files that were written beside the tarball, by name
 * @param signed the signature's algorithm; empty when the image is not signed
 * @param attached the names under which the registry keeps signature and signed statements
 */
public record SupplyChainDetails(int components, List<String> files, Optional<String> signed, List<String> attached) {

    /** Nothing. */
    public static final SupplyChainDetails NONE = new SupplyChainDetails(0, List.of(), Optional.empty(), List.of());

    public SupplyChainDetails {
        files = files == null ? List.of() : List.copyOf(files);
        attached = attached == null ? List.of() : List.copyOf(attached);
    }
}
