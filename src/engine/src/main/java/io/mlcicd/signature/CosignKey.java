package io.mlcicd.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * The encryption in which {@code cosign generate-key-pair} writes private keys: JSON with a key derived by scrypt (RFC
 * 7914) and a secretbox of NaCl (XSalsa20 and Poly1305; "Cryptography in NaCl", Bernstein 2009). Source of the JSON:
 * package {@code encrypted} of secure-systems-lab/go-securesystemslib 0.11, which knows three strengths of scrypt.
 */
final class CosignKey {

    /** The headings of such keys in PEM; cosign 1 wrote the first. */
    static final Set<String> KINDS = Set.of("ENCRYPTED COSIGN PRIVATE KEY", "ENCRYPTED SIGSTORE PRIVATE KEY");

    private static final Set<Integer> COSTS = Set.of(1 << 15, 1 << 16, 1 << 17);
    private static final int BLOCK = 8;
    private static final int KEY = 32;
    private static final int NONCE = 24;
    private static final int TAG = 16;

    private CosignKey() {}

    /**
     * Opens such a key.
     *
     * @return what was encrypted, the key as PKCS #8
     * @throws GeneralSecurityException when the password is wrong, or the content was changed
     * @throws IOException when it is no such content
     */
    static byte[] opened(byte[] content, String password) throws IOException, GeneralSecurityException {
        JsonNode json = Json.mapper().readTree(content);
        JsonNode kdf = json.path("kdf");
        JsonNode strength = kdf.path("params");
        JsonNode cipher = json.path("cipher");
        byte[] nonce = cipher.path("nonce").binaryValue();
        byte[] salt = kdf.path("salt").binaryValue();
        byte[] box = json.path("ciphertext").binaryValue();
        if (!kdf.path("name").asText().equals("scrypt")
                || !cipher.path("name").asText().equals("nacl/secretbox")
                || !COSTS.contains(strength.path("N").asInt())
                || strength.path("r").asInt() != BLOCK
                || strength.path("p").asInt() != 1
                || salt == null
                || nonce == null
                || nonce.length != NONCE
                || box == null
                || box.length < TAG) {
            throw new IOException("it is encrypted in a way that cosign does not use");
        }
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] key = SCrypt.generate(secret, salt, strength.path("N").asInt(), BLOCK, 1, KEY);
        Arrays.fill(secret, (byte) 0);
        return secretbox(box, nonce, key);
    }

    /** The first half block of the cipher's stream is the authenticator's key, the rest hides the message. */
    static byte[] secretbox(byte[] box, byte[] nonce, byte[] key) throws GeneralSecurityException {
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(false, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] authenticator = new byte[KEY];
        stream.processBytes(authenticator, 0, KEY, authenticator, 0);
        Poly1305 poly = new Poly1305();
        poly.init(new KeyParameter(authenticator));
        poly.update(box, TAG, box.length - TAG);
        byte[] tag = new byte[TAG];
        poly.doFinal(tag, 0);
        if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG))) {
            throw new GeneralSecurityException("the message is not authentic");
        }
        byte[] message = new byte[box.length - TAG];
        stream.processBytes(box, TAG, message.length, message, 0);
        return message;
    }
}
