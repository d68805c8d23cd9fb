package io.mlcicd.signature;

import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** A public key in a file, as SubjectPublicKeyInfo in PEM (RFC 5280): ECDSA over P-256 or Ed25519. */
public final class VerificationKey {

    private final PublicKey key;
    private final KeyAlgorithm algorithm;

    private VerificationKey(PublicKey key, KeyAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /**
     * Reads the key.
     *
     * @throws InvalidInputException when there is no such key
     */
    public static VerificationKey read(Path file) {
        Pem pem = Pem.read(file);
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm.factory())
                        .generatePublic(new X509EncodedKeySpec(pem.content()));
                if (pem.kind().equals("PUBLIC KEY") && KeyAlgorithm.of(key).equals(Optional.of(algorithm))) {
                    return new VerificationKey(key, algorithm);
                }
            } catch (GeneralSecurityException e) {
                // Then it may be a key of the next algorithm.
            }
        }
        throw new InvalidInputException(
                ("%s is not a public key for ECDSA over P-256 or Ed25519; get it from the private"
                                + " one with: openssl pkey -in key.pem -pubout -out key.pub")
                        .formatted(file));
    }

    /**
     * Whether that signature of these bytes was made with the private key to this one. With Ed25519, cosign 2 and later
     * sign the bytes' hash (Ed25519ph, RFC 8032), others the bytes themselves; either is a signature.
     */
    public boolean verify(byte[] content, byte[] signature) {
        return verifies(content, signature, false)
                || (algorithm == KeyAlgorithm.ED25519 && verifies(content, signature, true));
    }

    private boolean verifies(byte[] content, byte[] signature, boolean hashed) {
        try {
            Signature verifier = Signature.getInstance(algorithm.signature());
            if (hashed) {
                verifier.setParameter(new EdDSAParameterSpec(true));
            }
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // What is not even formed as a signature is none.
            return false;
        }
    }
}
