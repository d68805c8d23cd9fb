package io.mlcicd.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published schemas of the objects that are written, strict: a field that the API does not know is an error. */
final class PublishedSchemas {

    private static final Schema KUBERNETES = load("kubernetes-1.20.schema.json");
    private static final Schema KSERVE = load("kserve-v1beta1.schema.json");

    private PublishedSchemas() {}

    static void check(JsonNode object) {
        Schema schema = object.path("kind").asText().equals("InferenceService") ? KSERVE : KUBERNETES;
        assertThat(schema.validate(object)).as(object.toPrettyString()).isEmpty();
    }

    private static Schema load(String name) {
        try (InputStream file = PublishedSchemas.class.getResourceAsStream(name)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
