package io.mlcicd.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.graph.Chain;
import io.mlcicd.lineage.graph.LineageEvent;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.retrain.RetrainAdvice;
import io.mlcicd.retrain.RetrainDocuments;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a result document tells of lineage. It follows from the document alone, so whoever keeps documents can tell it
 * again.
 */
public final class LineageEvents {

    private static final String CONTRACT = "contract";
    private static final int MOST_METRICS = 20;

    private LineageEvents() {}

    /**
     * What the operation did, and to what.
     *
     * @param result the document
     * @param document digest of its bytes
     */
    public static LineageEvent of(Result<?> result, Digest document) {
        String model = result.model().map(Model::name).orElse("data");
        Chain chain = Chain.of(model, evaluated(result, document));
        switch (result.stage()) {
            case VALIDATE -> contracts(result, chain);
            case DRIFT -> drift(result, document, chain);
            default -> {}
        }
        List<Node> nodes =
                chain.nodes().stream().map(node -> measured(node, result)).toList();
        return new LineageEvent(model, result.stage().key(), result.verdict().name(), nodes, chain.edges())
                .since(result.started());
    }

    /** An evaluation does not know the digest of its own document while it writes it. */
    private static LineageRecord evaluated(Result<?> result, Digest document) {
        return result.stage() == Stage.EVALUATE
                ? result.lineage()
                        .withEvaluation(new Artifact("evaluation", ".mlcicd/results/evaluate.json", document, 0))
                : result.lineage();
    }

    private static void contracts(Result<?> result, Chain chain) {
        JsonNode data = details(result).path("data");
        for (int i = 0; i < data.size() && i < chain.data().size(); i++) {
            String digest = data.get(i).path("contractDigest").asText();
            Node held = chain.data().get(i);
            result.inputs().stream()
                    .filter(input -> input.name().equals(CONTRACT)
                            && input.digest().value().equals(digest))
                    .findFirst()
                    .ifPresent(contract -> chain.tie(Chain.artifact(NodeKind.CONTRACT, contract), held));
        }
    }

    private static JsonNode details(Result<?> result) {
        return result.details() instanceof JsonNode tree ? tree : Json.mapper().valueToTree(result.details());
    }

    private static void drift(Result<?> result, Digest document, Chain chain) {
        SortedMap<String, String> facts = new TreeMap<>(Map.of("digest", document.value()));
        facts.putAll(metrics(result));
        Node check = Node.of(NodeKind.DRIFT, document.value(), "drift check", facts);
        for (Artifact input : result.inputs()) {
            chain.tie(Chain.artifact(NodeKind.DATA, input), check);
        }
        chain.model().ifPresent(model -> chain.tie(model, check));
        RetrainAdvice advice = advice(result);
        SortedMap<String, String> reasons = new TreeMap<>();
        reasons.put("recommended", String.valueOf(advice.recommended()));
        for (int i = 0; i < advice.reasons().size(); i++) {
            reasons.put("reason " + (i + 1), advice.reasons().get(i));
        }
        chain.tie(
                check,
                Node.of(
                        NodeKind.RETRAINING,
                        document.value(),
                        advice.recommended() ? "retraining called for" : "no retraining",
                        reasons));
    }

    @SuppressWarnings("unchecked")
    private static RetrainAdvice advice(Result<?> result) {
        return result.details() instanceof DriftDetails details
                ? details.retrain()
                : RetrainDocuments.advice((Result<JsonNode>) result);
    }

    /** An evaluation without its numbers would have to be looked up to answer the simplest question. */
    private static Node measured(Node node, Result<?> result) {
        if (result.stage() != Stage.EVALUATE || node.kind() != NodeKind.EVALUATION) {
            return node;
        }
        SortedMap<String, String> facts = new TreeMap<>(node.facts());
        facts.remove("bytes");
        facts.put("verdict", result.verdict().name());
        facts.putAll(metrics(result));
        return new Node(node.id(), node.kind(), node.name(), facts);
    }

    /** Those that gates decided by, for they say why; without gates, the first ones. */
    private static Map<String, String> metrics(Result<?> result) {
        Set<String> judged = new LinkedHashSet<>();
        result.gates().forEach(gate -> judged.add(gate.gate().metric()));
        judged.retainAll(result.metrics().keySet());
        Set<String> told = judged.isEmpty() ? result.metrics().keySet() : judged;
        SortedMap<String, String> facts = new TreeMap<>();
        told.stream()
                .limit(MOST_METRICS)
                .forEach(name -> facts.put(
                        "metric " + name, String.valueOf(result.metrics().get(name))));
        return facts;
    }
}
