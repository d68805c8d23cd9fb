package io.mlcicd.signature;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.util.Optional;

/** The signatures that are made and verified. */
enum KeyAlgorithm {
    /** ECDSA over P-256 with SHA-256, in DER (FIPS 186-5). */
    ECDSA("EC", "SHA256withECDSA", "ECDSA P-256"),
    /** Ed25519 (RFC 8032). */
    ED25519("Ed25519", "Ed25519", "Ed25519");

    private static final int BITS = 256;

    private final String factory;
    private final String signature;
    private final String label;

    KeyAlgorithm(String factory, String signature, String label) {
        this.factory = factory;
        this.signature = signature;
        this.label = label;
    }

    String factory() {
        return factory;
    }

    String signature() {
        return signature;
    }

    String label() {
        return label;
    }

    static Optional<KeyAlgorithm> of(Key key) {
        if (key instanceof ECKey curve) {
            return curve.getParams().getOrder().bitLength() == BITS ? Optional.of(ECDSA) : Optional.empty();
        }
        return key instanceof EdECKey edwards && edwards.getParams().getName().equals("Ed25519")
                ? Optional.of(ED25519)
                : Optional.empty();
    }
}
