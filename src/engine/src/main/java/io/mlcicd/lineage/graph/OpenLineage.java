package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.Tool;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Entries as run events of OpenLineage, two each, for a run's start and its end: the job is the model's stage, things that only others were made of are its
 * inputs, what came out its outputs. Version 2-0-2 of the specification, with the facets for versions of data sets (1-0-1)
 * and the location of source code (1-1-0).
 */
public final class OpenLineage {

    private static final String SPECIFICATION = "https://openlineage.io/spec/";
    private static final String NAMESPACE = "ml-cicd";

    private final String producer;

    /** @param producer a URI that names the tool and its version */
    public OpenLineage(String producer) {
        this.producer = producer;
    }

    /** Events that name this version of ml-cicd as their producer. */
    public static OpenLineage ofThisTool() {
        return new OpenLineage("urn:ml-cicd:" + Tool.current().version());
    }

    /** The events of an entry: that its run started, and what came of it. */
    public List<ObjectNode> events(LogEntry entry) {
        ObjectNode start = event(entry, entry.started().orElse(entry.at()), "START");
        ObjectNode end = event(entry, entry.at(), entry.verdict().equals("FAILED") ? "FAIL" : "COMPLETE");
        return List.of(start, end);
    }

    private ObjectNode event(LogEntry entry, Instant time, String type) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("eventTime", time.toString());
        event.put("producer", producer);
        event.put("schemaURL", SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent");
        event.put("eventType", type);
        event.putObject("run").put("runId", runId(entry.digest()).toString());
        ObjectNode job = event.putObject("job");
        job.put("namespace", NAMESPACE).put("name", entry.model() + "." + entry.event());
        code(entry, job);
        datasets(entry, event);
        return event;
    }

    /** A UUID of version 8, whose bits are the digest's own, so that the same entry is always the same run. */
    private static UUID runId(Digest digest) {
        ByteBuffer bytes =
                ByteBuffer.wrap(HexFormat.of().parseHex(digest.value().substring("sha256:".length())));
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    private void code(LogEntry entry, ObjectNode job) {
        entry.nodes().stream()
                .filter(node -> node.kind() == NodeKind.COMMIT && node.facts().containsKey("remote"))
                .findFirst()
                .ifPresent(commit -> {
                    ObjectNode facet = facet(
                            job.putObject("facets").putObject("sourceCodeLocation"),
                            "facets/1-1-0/SourceCodeLocationJobFacet.json#/$defs/SourceCodeLocationJobFacet");
                    facet.put("type", "git")
                            .put("url", commit.facts().get("remote"))
                            .put("version", commit.facts().get("sha"));
                    if (commit.facts().containsKey("branch")) {
                        facet.put("branch", commit.facts().get("branch"));
                    }
                });
    }

    private ObjectNode facet(ObjectNode facet, String schema) {
        return facet.put("_producer", producer).put("_schemaURL", SPECIFICATION + schema);
    }

    private void datasets(LogEntry entry, ObjectNode event) {
        Map<Digest, Node> things = new LinkedHashMap<>();
        entry.nodes().stream()
                .filter(node -> !node.kind().isActivity() && node.kind() != NodeKind.COMMIT)
                .forEach(node -> things.put(node.id(), node));
        Set<Digest> made = new LinkedHashSet<>();
        entry.edges().forEach(edge -> made.add(edge.downstream()));
        ArrayNode inputs = event.putArray("inputs");
        ArrayNode outputs = event.putArray("outputs");
        things.forEach((id, node) -> dataset((made.contains(id) ? outputs : inputs).addObject(), node));
    }

    private void dataset(ObjectNode dataset, Node node) {
        dataset.put("namespace", NAMESPACE).put("name", node.kind().key() + "/" + node.name());
        facet(
                        dataset.putObject("facets").putObject("version"),
                        "facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet")
                .put(
                        "datasetVersion",
                        node.facts().getOrDefault("digest", node.id().value()));
    }
}
