package io.mlcicd.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.util.Base64;

/** The signature of an image in cosign's simple signing (sigstore/cosign, specs/SIGNATURE_SPEC.md). */
public final class ImageSignature {

    private static final JsonMapper COMPACT = new JsonMapper();
    private static final String TYPE = "cosign container image signature";

    private ImageSignature() {}

    /**
     * What is signed: that this digest was pushed under that name.
     *
     * @param repository the image's name without its tag
     */
    public static byte[] payload(String repository, Digest digest) {
        ObjectNode payload = COMPACT.createObjectNode();
        ObjectNode critical = payload.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository);
        critical.putObject("image").put("docker-manifest-digest", digest.value());
        critical.put("type", TYPE);
        payload.putNull("optional");
        try {
            return COMPACT.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree must serialize", e);
        }
    }

    /** Payload and signature as a file beside a tarball. */
    public static ObjectNode file(byte[] payload, byte[] signature) {
        ObjectNode file = Json.mapper().createObjectNode();
        return file.put("payload", Base64.getEncoder().encodeToString(payload))
                .put("signature", Base64.getEncoder().encodeToString(signature));
    }

    /** Whether the payload is signed with this key and is about that image. */
    public static boolean holds(byte[] payload, String signature, Digest image, VerificationKey key) {
        try {
            JsonNode critical = COMPACT.readTree(payload).path("critical");
            return key.verify(payload, Base64.getDecoder().decode(signature))
                    && critical.path("type").asText().equals(TYPE)
                    && critical.path("image")
                            .path("docker-manifest-digest")
                            .asText()
                            .equals(image.value());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
