package io.mlcicd.packaging.supplychain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.Tool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Statements about an image: in-toto Statement v1, and SLSA provenance v1 as one of them. */
final class Provenance {

    /** Type of the statement that holds the provenance. */
    static final String TYPE = "https://slsa.dev/provenance/v1";

    /** Type of the statement that holds a bill of materials of CycloneDX. */
    static final String BILL_OF_MATERIALS = "https://cyclonedx.org/bom";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PROJECT = "https://github.com/jenkinsci/ml-cicd-plugin";

    private Provenance() {}

    /** A statement about the image. */
    static ObjectNode statement(Subject subject, String type, JsonNode predicate) {
        ObjectNode statement = Json.mapper().createObjectNode();
        statement.put("_type", STATEMENT);
        statement
                .putArray("subject")
                .addObject()
                .put("name", subject.repository())
                .putObject("digest")
                .put("sha256", subject.digestHex());
        statement.put("predicateType", type).set("predicate", predicate);
        return statement;
    }

    /**
     * How the image was built, from what.
     *
     * @param parameters what the user asked for
     */
    static ObjectNode of(Subject subject, ObjectNode parameters, Instant started, Instant finished) {
        ObjectNode predicate = Json.mapper().createObjectNode();
        ObjectNode definition = predicate.putObject("buildDefinition");
        definition.put("buildType", PROJECT + "/package/v1");
        definition.set("externalParameters", parameters);
        definition
                .putObject("internalParameters")
                .put("created", subject.created().toString());
        ArrayNode resolved = definition.putArray("resolvedDependencies");
        subject.base()
                .ifPresent(base -> subject.baseDigest()
                        .ifPresent(digest -> resolved.addObject()
                                .put("name", "base")
                                .put("uri", "oci://" + base)
                                .putObject("digest")
                                .put("sha256", Subject.hex(digest))));
        artifact(resolved, subject.content());
        subject.files().forEach(file -> artifact(resolved, file));
        subject.lineage().data().forEach(data -> artifact(resolved, data));
        subject.lineage().evaluation().ifPresent(evaluation -> artifact(resolved, evaluation));
        subject.lineage().commit().ifPresent(commit -> {
            ObjectNode source = resolved.addObject().put("name", "source");
            commit.remote().ifPresent(remote -> source.put("uri", "git+" + remote));
            source.putObject("digest").put("gitCommit", commit.sha());
        });
        ObjectNode run = predicate.putObject("runDetails");
        ObjectNode builder = run.putObject("builder").put("id", PROJECT);
        builder.putObject("version").put(Tool.current().name(), Tool.current().version());
        run.putObject("metadata")
                .put("startedOn", started.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("finishedOn", finished.truncatedTo(ChronoUnit.SECONDS).toString());
        return predicate;
    }

    private static void artifact(ArrayNode resolved, Artifact artifact) {
        resolved.addObject()
                .put("name", artifact.name())
                .put("uri", "file:" + artifact.path())
                .putObject("digest")
                .put("sha256", Subject.hex(artifact.digest()));
    }
}
