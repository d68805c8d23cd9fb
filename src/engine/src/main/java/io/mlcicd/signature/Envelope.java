package io.mlcicd.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A signed statement in an envelope (DSSE 1.0, the Dead Simple Signing Envelope of secure-systems-lab). */
public final class Envelope {

    /** What in-toto statements are announced as. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private Envelope() {}

    /** The envelope around a statement, as JSON. */
    public static ObjectNode around(byte[] statement, SigningKey key) {
        ObjectNode envelope = Json.mapper().createObjectNode();
        envelope.put("payloadType", IN_TOTO).put("payload", Base64.getEncoder().encodeToString(statement));
        envelope.putArray("signatures")
                .addObject()
                .put("keyid", "")
                .put("sig", Base64.getEncoder().encodeToString(key.sign(encoded(IN_TOTO, statement))));
        return envelope;
    }

    /** The statement, when one of the envelope's signatures is of this key. */
    public static Optional<JsonNode> opened(JsonNode envelope, VerificationKey key) {
        try {
            byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
            byte[] signed = encoded(envelope.path("payloadType").asText(), payload);
            for (JsonNode signature : envelope.path("signatures")) {
                if (key.verify(
                        signed, Base64.getDecoder().decode(signature.path("sig").asText()))) {
                    return Optional.of(Json.mapper().readTree(payload));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // What cannot be decoded was not signed.
        }
        return Optional.empty();
    }

    /** The pre-authentication encoding, which is what is signed. */
    static byte[] encoded(String type, byte[] payload) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        encoded.writeBytes("DSSEv1 %d ".formatted(typeBytes.length).getBytes(StandardCharsets.UTF_8));
        encoded.writeBytes(typeBytes);
        encoded.writeBytes(" %d ".formatted(payload.length).getBytes(StandardCharsets.UTF_8));
        encoded.writeBytes(payload);
        return encoded.toByteArray();
    }
}
