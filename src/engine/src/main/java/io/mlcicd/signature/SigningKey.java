package io.mlcicd.signature;

import io.mlcicd.operation.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A private key: ECDSA over P-256 or Ed25519, as PKCS #8 (RFC 5958), with or without a password, as SEC 1 writes elliptic
 * keys (RFC 5915), or as {@code cosign generate-key-pair} encrypts them.
 */
public final class SigningKey {

    private final PrivateKey key;
    private final KeyAlgorithm algorithm;

    private SigningKey(PrivateKey key, KeyAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /**
     * Reads the key.
     *
     * @param password of an encrypted key
     * @throws InvalidInputException when there is no such key, or the password is wrong; the message shows neither
     */
    public static SigningKey read(Path file, Optional<String> password) {
        return of(Pem.read(file), file.toString(), password);
    }

    /**
     * Takes the key from the text that a file with it would hold.
     *
     * @param text the key in PEM; line breaks do not matter
     * @param name what holds the text, for messages
     * @param password of an encrypted key
     * @throws InvalidInputException as in {@link #read}
     */
    public static SigningKey parse(String text, String name, Optional<String> password) {
        return of(Pem.of(text, name), name, password);
    }

    private static SigningKey of(Pem pem, String name, Optional<String> password) {
        byte[] encoded = switch (pem.kind()) {
            case "PRIVATE KEY" -> pem.content();
            case "EC PRIVATE KEY" -> wrapped(pem.content());
            case "ENCRYPTED PRIVATE KEY" -> decrypted(name, pem.content(), password);
            default -> {
                if (!CosignKey.KINDS.contains(pem.kind())) {
                    throw new InvalidInputException(
                            "%s holds a '%s'; a private key as PKCS #8 is needed, as openssl genpkey writes it"
                                    .formatted(name, pem.kind()));
                }
                yield ofCosign(name, pem.content(), password);
            }
        };
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            try {
                PrivateKey key =
                        KeyFactory.getInstance(algorithm.factory()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                if (KeyAlgorithm.of(key).equals(Optional.of(algorithm))) {
                    return new SigningKey(key, algorithm);
                }
            } catch (GeneralSecurityException e) {
                // Then it may be a key of the next algorithm.
            }
        }
        throw new InvalidInputException(
                "%s holds a key that is neither ECDSA over P-256 nor Ed25519; make one of these".formatted(name));
    }

    /** Whether the file holds a key in cosign's own encryption. */
    public static boolean isOfCosign(Path file) {
        return isOfCosign(() -> Pem.read(file));
    }

    /** Whether the text is that of a key in cosign's own encryption. */
    public static boolean isOfCosign(String text) {
        return isOfCosign(() -> Pem.of(text, "the key"));
    }

    private static boolean isOfCosign(Supplier<Pem> pem) {
        try {
            return CosignKey.KINDS.contains(pem.get().kind());
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static byte[] ofCosign(String name, byte[] content, Optional<String> password) {
        if (password.isEmpty()) {
            throw new InvalidInputException(
                    ("the key %s is encrypted by cosign; put its password into the environment variable"
                                    + " COSIGN_PASSWORD, or name another one as passwordEnv")
                            .formatted(name));
        }
        try {
            return CosignKey.opened(content, password.get());
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException("the key %s cannot be opened with that password".formatted(name));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "the key %s cannot be read as cosign writes keys; make it anew with: cosign generate-key-pair"
                            .formatted(name));
        }
    }

    private static byte[] decrypted(String name, byte[] content, Optional<String> password) {
        if (password.isEmpty()) {
            throw new InvalidInputException(
                    "the key %s has a password; name the environment variable that holds it as passwordEnv"
                            .formatted(name));
        }
        PBEKeySpec secret = new PBEKeySpec(password.get().toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
            String scheme = info.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(secret),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidInputException("the key %s cannot be opened with that password".formatted(name));
        } finally {
            secret.clearPassword();
        }
    }

    /** PKCS #8 around a key as SEC 1 writes it: version 0, ecPublicKey on P-256, the key. */
    private static byte[] wrapped(byte[] key) {
        byte[] algorithm = HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {2, 1, 0});
        content.writeBytes(algorithm);
        content.writeBytes(der(4, key));
        return der(0x30, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
        } else if (content.length >= 0x80) {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) content.length});
        } else {
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The algorithm's name for people. */
    public String algorithm() {
        return algorithm.label();
    }

    /** The signature of these bytes. */
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(algorithm.signature());
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm.signature(), e);
        }
    }
}
