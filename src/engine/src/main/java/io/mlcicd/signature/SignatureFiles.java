package io.mlcicd.signature;

import java.util.List;

/** What the files beside an image's tarball end in, after the tarball's whole name. */
public final class SignatureFiles {

    /** Payload and signature. */
    public static final String SIGNATURE = ".sig.json";

    /** The bill of materials (CycloneDX). */
    public static final String SBOM = ".sbom.json";

    /** The provenance as an in-toto statement. */
    public static final String PROVENANCE = ".provenance.json";

    /** The bill of materials as a statement in a signed envelope. */
    public static final String SIGNED_SBOM = ".sbom.dsse.json";

    /** The provenance in a signed envelope. */
    public static final String SIGNED_PROVENANCE = ".provenance.dsse.json";

    /** All of them, and the tarball itself. */
    public static final List<String> ALL = List.of("", SIGNATURE, SBOM, PROVENANCE, SIGNED_SBOM, SIGNED_PROVENANCE);

    private SignatureFiles() {}
}
