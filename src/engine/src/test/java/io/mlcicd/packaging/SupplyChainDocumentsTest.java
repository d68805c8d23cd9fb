package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.LineageRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bill of materials and provenance against what is published: the schema of CycloneDX 1.6 as the artifact {@code
 * org.cyclonedx:cyclonedx-core-java} carries it, and the field lists of in-toto's Statement v1
 * (in-toto/attestation, spec/v1/statement.md and resource_descriptor.md) and SLSA Provenance v1
 * (slsa.dev/spec/v1.0/provenance).
 */
class SupplyChainDocumentsTest {

    private static final String SCHEMAS = "http://cyclonedx.org/schema/";

    @TempDir
    private Path temp;

    private Project project;

    @BeforeEach
    void makeProject() throws Exception {
        project = new Project(temp.resolve("project"));
        project.write(
                "requirements.txt", "scikit_learn==1.5.2 --hash=sha256:%s\nnumpy>=1.26\n".formatted("a".repeat(64)));
        project.write("site-packages/scikit_learn-1.5.2.dist-info/METADATA", "Name: scikit-learn\nLicense: BSD\n");
        project.write("build/model/MLmodel", """
                mlflow_version: 2.14.1
                flavors: { sklearn: { sklearn_version: 1.5.2 } }
                signature:
                  inputs: '[{"type": "double", "name": "temp_max"}]'
                  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
                """);
        project.dependencies = List.of("site-packages");
        project.known = LineageRecord.EMPTY
                .withData(List.of(new Artifact("train", "data/train.csv", Digests.of(new byte[] {1}), 1)))
                .withCommit(new GitCommit(
                        "0123456789012345678901234567890123456789",
                        Optional.of("main"),
                        false,
                        Optional.of("https://git.example/weather.git")));
        project.performance = Map.of("accuracy", 0.81);
    }

    private JsonNode document(String ending) throws Exception {
        project.pack();
        return Json.read(project.folder.resolve("build/image.tar" + ending));
    }

    private static String published(String address) {
        try (InputStream in =
                SupplyChainDocumentsTest.class.getResourceAsStream("/" + address.substring(SCHEMAS.length()))) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> violations(JsonNode bom) {
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_7,
                        builder -> builder.schemas(address -> address.startsWith(SCHEMAS) ? published(address) : null)
                                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build()))
                .getSchema(SchemaLocation.of(SCHEMAS + "bom-1.6.schema.json"));
        return schema.validate(bom).stream().map(Object::toString).toList();
    }

    @Test
    void theBillOfMaterialsKeepsCyclonedxsSchema() throws Exception {
        JsonNode bom = document(".sbom.json");

        assertThat(violations(bom)).isEmpty();
        JsonNode model = bom.path("components").path(0);
        assertThat(model.path("type").asText()).isEqualTo("machine-learning-model");
        assertThat(model.at("/modelCard/modelParameters/inputs/0/format").asText())
                .isEqualTo("temp_max double");
        assertThat(model.at("/modelCard/modelParameters/outputs")).hasSize(1);
        assertThat(model.at("/modelCard/quantitativeAnalysis/performanceMetrics"))
                .hasSize(1);
        assertThat(bom.findValuesAsText("alg")).contains("SHA-256");
        assertThat(bom.findValues("license")).isNotEmpty();
    }

    /** What no schema can say: references lead somewhere, and name one thing. */
    @Test
    void everyReferenceInTheBillOfMaterialsLeadsToAComponent() throws Exception {
        JsonNode bom = document(".sbom.json");

        List<String> references = bom.findValuesAsText("bom-ref");
        assertThat(references).doesNotHaveDuplicates();
        assertThat(references).containsAll(texts(bom.at("/dependencies/0/dependsOn")));
        assertThat(references).contains(bom.at("/dependencies/0/ref").asText());
        assertThat(references)
                .containsAll(bom.path("components")
                        .path(0)
                        .at("/modelCard/modelParameters/datasets")
                        .findValuesAsText("ref"));
    }

    @Test
    void theSchemaCanFail() throws Exception {
        ObjectNode bom = (ObjectNode) document(".sbom.json");
        ((ObjectNode) bom.path("components").path(0)).put("type", "model");
        bom.put("serialNumber", "1");

        assertThat(violations(bom)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void theProvenanceHasTheFieldsOfStatementAndPredicate() throws Exception {
        JsonNode statement = document(".provenance.json");

        // Statement v1, "Fields": all four are required; nothing else is defined.
        assertThat(names(statement)).containsExactlyInAnyOrder("_type", "subject", "predicateType", "predicate");
        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("subject")).isNotEmpty().allSatisfy(subject -> {
            assertThat(subject.path("name").asText()).isNotEmpty();
            digests(subject);
        });
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");

        // SLSA Provenance v1, "Model" and "Schema".
        JsonNode predicate = statement.path("predicate");
        assertThat(names(predicate)).containsExactlyInAnyOrder("buildDefinition", "runDetails");
        JsonNode definition = predicate.path("buildDefinition");
        assertThat(names(definition))
                .isSubsetOf("buildType", "externalParameters", "internalParameters", "resolvedDependencies")
                .contains("buildType", "externalParameters");
        assertThat(definition.path("buildType").asText()).matches("https://.+");
        assertThat(definition.path("externalParameters").isObject()).isTrue();
        assertThat(definition.path("externalParameters")).isNotEmpty();
        assertThat(definition.path("resolvedDependencies"))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(dependency -> {
                    // ResourceDescriptor v1, "Fields": at least one of uri, digest, content.
                    assertThat(names(dependency))
                            .isSubsetOf(
                                    "name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations");
                    assertThat(dependency.path("uri").asText()).matches("[a-z][a-z0-9+.-]*:.+");
                    digests(dependency);
                });

        JsonNode run = predicate.path("runDetails");
        assertThat(names(run)).isSubsetOf("builder", "metadata", "byproducts").contains("builder");
        assertThat(names(run.path("builder")))
                .isSubsetOf("id", "version", "builderDependencies")
                .contains("id");
        assertThat(run.path("builder").path("id").asText()).matches("https://.+");
        run.path("builder")
                .path("version")
                .forEach(version -> assertThat(version.isTextual()).isTrue());
        assertThat(names(run.path("metadata"))).isSubsetOf("invocationId", "startedOn", "finishedOn");
        OffsetDateTime started =
                OffsetDateTime.parse(run.path("metadata").path("startedOn").asText());
        assertThat(started)
                .isBeforeOrEqualTo(OffsetDateTime.parse(
                        run.path("metadata").path("finishedOn").asText()));
    }

    /** DigestSet (in-toto/attestation, spec/v1/digest_set.md): algorithms by name, values in lower-case hex. */
    private static void digests(JsonNode descriptor) {
        assertThat(descriptor.path("digest")).isNotEmpty();
        descriptor.path("digest").properties().forEach(digest -> {
            assertThat(digest.getKey()).isIn(Set.of("sha256", "gitCommit"));
            assertThat(digest.getValue().asText())
                    .matches("[0-9a-f]{%d}".formatted(digest.getKey().equals("sha256") ? 64 : 40));
        });
    }

    private static List<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        List<String> list = new ArrayList<>();
        names.forEachRemaining(list::add);
        return list;
    }

    private static List<String> texts(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(one -> list.add(one.asText()));
        return list;
    }
}
