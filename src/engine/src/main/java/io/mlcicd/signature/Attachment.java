package io.mlcicd.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept beside an image in its registry, under a tag made of the image's digest: signatures end in {@code .sig},
 * signed statements in {@code .att} (sigstore/cosign, specs/SIGNATURE_SPEC.md and specs/ATTESTATION_SPEC.md).
 *
 * @param manifest names the parts
 * @param blobs the parts
 */
public record Attachment(RegistryManifest manifest, List<Registry.Upload> blobs) {

    /** The annotation that holds a signature. */
    public static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    static final String SIGNATURE_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String ENVELOPE_TYPE = "application/vnd.dsse.envelope.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";

    private static final int MOST = 20;

    /** One part, by content, with what is noted of it. */
    private static final class Parts {
        private final ArrayNode layers = Json.mapper().createArrayNode();
        private final ArrayNode contents = Json.mapper().createArrayNode();
        private final List<Registry.Upload> blobs = new ArrayList<>();

        ObjectNode descriptor(String type, byte[] content) {
            Digest digest = Digests.of(content);
            blobs.add(new Registry.Upload(digest, out -> out.write(content)));
            return Json.mapper()
                    .createObjectNode()
                    .put("mediaType", type)
                    .put("digest", digest.value())
                    .put("size", content.length);
        }

        void add(String type, byte[] content, Map<String, String> annotations) {
            ObjectNode layer = descriptor(type, content);
            ObjectNode notes = layer.putObject("annotations");
            new TreeMap<>(annotations).forEach(notes::put);
            layers.add(layer);
            contents.add(Digests.of(content).value());
        }

        void keep(JsonNode layer) {
            boolean same = false;
            for (JsonNode present : layers) {
                same |= present.path("annotations").equals(layer.path("annotations"))
                        && present.path("digest").equals(layer.path("digest"));
            }
            if (!same && layers.size() < MOST) {
                layers.add(layer);
                contents.add(layer.path("digest").asText());
            }
        }

        Attachment attachment() {
            ObjectNode config = Json.mapper().createObjectNode();
            config.put("architecture", "")
                    .put("created", "0001-01-01T00:00:00Z")
                    .put("os", "");
            config.putObject("rootfs").put("type", "layers").set("diff_ids", contents);
            config.putObject("config");
            ObjectNode manifest = Json.mapper().createObjectNode();
            manifest.put("schemaVersion", 2).put("mediaType", RegistryManifest.IMAGE);
            manifest.set("config", descriptor(CONFIG_TYPE, new RegistryManifest(config).bytes()));
            manifest.set("layers", layers);
            return new Attachment(new RegistryManifest(manifest), List.copyOf(blobs));
        }
    }

    /** A signature. */
    public static Attachment signature(byte[] payload, String signature) {
        return signature(payload, signature, List.of());
    }

    /**
     * A signature beside those that are there already, which may be of other keys.
     *
     * @param before their layers, the newest first; of very many the oldest are left out
     */
    public static Attachment signature(byte[] payload, String signature, Iterable<JsonNode> before) {
        Parts parts = new Parts();
        parts.add(SIGNATURE_TYPE, payload, Map.of(SIGNATURE, signature));
        before.forEach(parts::keep);
        return parts.attachment();
    }

    /**
     * Signed statements.
     *
     * @param envelopes the envelopes' bytes by the type of what they state
     */
    public static Attachment statements(Map<String, byte[]> envelopes) {
        Parts parts = new Parts();
        new TreeMap<>(envelopes)
                .forEach((type, envelope) ->
                        parts.add(ENVELOPE_TYPE, envelope, Map.of(SIGNATURE, "", "predicateType", type)));
        return parts.attachment();
    }

    /** The tag of an image's signatures or statements. */
    public static String tag(Digest image, String ending) {
        return image.value().replace(':', '-') + ending;
    }
}
