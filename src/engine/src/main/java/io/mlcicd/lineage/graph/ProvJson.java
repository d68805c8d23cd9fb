package io.mlcicd.lineage.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import java.util.Map;

/**
 * A graph as W3C PROV in its JSON form. Things are entities, what happened are activities, who approved a release is an agent; edges become {@code used}, {@code
 * wasGeneratedBy}, {@code wasDerivedFrom}, {@code wasInformedBy} and, of contracts and data, {@code wasInfluencedBy}.
 *
 * <p>Sources: PROV-DM, W3C Recommendation of 30 April 2013; The PROV-JSON Serialization, W3C Member Submission of 24 April
 * 2013.
 */
public final class ProvJson {

    private static final String OURS = "mlcicd";
    private static final String APPROVED_BY = "approvedBy";
    private static final String NAMESPACE = "urn:ml-cicd:lineage:";

    private ProvJson() {}

    /** The document of all nodes and edges. */
    public static ObjectNode of(LineageGraph graph) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.putObject("prefix").put(OURS, NAMESPACE);
        ObjectNode entities = document.putObject("entity");
        ObjectNode activities = document.putObject("activity");
        for (Node node : graph.nodes()) {
            ObjectNode element = (node.kind().isActivity() ? activities : entities).putObject(name(node.id()));
            element.put("prov:label", node.name());
            element.putObject("prov:type")
                    .put("$", OURS + ":" + node.kind().key())
                    .put("type", "prov:QUALIFIED_NAME");
            node.facts().forEach((key, value) -> element.put(OURS + ":" + local(key), value));
        }
        agents(graph, document);
        ObjectNode used = document.putObject("used");
        ObjectNode generated = document.putObject("wasGeneratedBy");
        ObjectNode derived = document.putObject("wasDerivedFrom");
        ObjectNode informed = document.putObject("wasInformedBy");
        ObjectNode influenced = document.putObject("wasInfluencedBy");
        for (Edge edge : graph.edges().stream().sorted(ProvJson::order).toList()) {
            switch (edge.kind()) {
                case USED -> add(used, "u", Map.of("prov:activity", edge.downstream(), "prov:entity", edge.upstream()));
                case PRODUCED ->
                    add(generated, "g", Map.of("prov:entity", edge.downstream(), "prov:activity", edge.upstream()));
                case DERIVED ->
                    add(
                            derived,
                            "d",
                            Map.of("prov:generatedEntity", edge.downstream(), "prov:usedEntity", edge.upstream()));
                case CAUSED ->
                    add(informed, "i", Map.of("prov:informed", edge.downstream(), "prov:informant", edge.upstream()));
                case CHECKED ->
                    add(
                            influenced,
                            "c",
                            Map.of("prov:influencee", edge.downstream(), "prov:influencer", edge.upstream()));
            }
        }
        return document;
    }

    /** Whoever approved a release is responsible for it. */
    private static void agents(LineageGraph graph, ObjectNode document) {
        ObjectNode agents = document.putObject("agent");
        ObjectNode associations = document.putObject("wasAssociatedWith");
        for (Node node : graph.nodes()) {
            String person = node.facts().get(APPROVED_BY);
            if (person != null) {
                String agent = OURS + ":person-" + local(person);
                agents.putObject(agent).put("prov:label", person);
                associations
                        .putObject("_:a" + associations.size())
                        .put("prov:activity", name(node.id()))
                        .put("prov:agent", agent);
            }
        }
    }

    /** What a qualified name may have after its prefix, PN_LOCAL of SPARQL 1.1, without its rarer characters. */
    private static String local(String text) {
        return text.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("\\.$", "_");
    }

    private static int order(Edge one, Edge other) {
        int upstream = one.upstream().value().compareTo(other.upstream().value());
        return upstream != 0
                ? upstream
                : one.downstream().value().compareTo(other.downstream().value());
    }

    private static String name(Digest id) {
        return OURS + ":" + id.value().substring("sha256:".length());
    }

    /** Relations need no name, but names of all kinds of them must differ. */
    private static void add(ObjectNode relations, String kind, Map<String, Digest> ends) {
        ObjectNode relation = relations.putObject("_:" + kind + relations.size());
        ends.forEach((role, id) -> relation.put(role, name(id)));
    }
}
