package io.mlcicd.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.IOException;

/**
 * A manifest or an index of the OCI image specification 1.1, as it is sent: compact JSON, the keys in the content's
 * order.
 *
 * @param content the document
 */
public record RegistryManifest(@JsonValue JsonNode content) implements ManifestTemplate {

    /** Media type of the manifest of one image. */
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    /** Media type of an index of several. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @Override
    public int getSchemaVersion() {
        return content.path("schemaVersion").asInt();
    }

    @Override
    public String getManifestMediaType() {
        return content.path("mediaType").asText(IMAGE);
    }

    /** The bytes that are sent. */
    public byte[] bytes() {
        try {
            return JsonTemplateMapper.toByteArray(this);
        } catch (IOException e) {
            throw new IllegalStateException("a tree must serialize", e);
        }
    }

    /** The digest of those bytes, by which a registry knows it. */
    public Digest digest() {
        return Digests.of(bytes());
    }
}
