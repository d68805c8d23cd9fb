package io.mlcicd.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.retrain.Monitoring.Ask;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainAdvice.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads evidence out of result documents. */
public final class RetrainDocuments {

    private RetrainDocuments() {}

    /** What the result of a drift check says. */
    public static Monitoring monitoring(Result<JsonNode> drift) {
        RetrainAdvice advice = advice(drift);
        SortedMap<String, String> drifted = new TreeMap<>();
        for (JsonNode column : drift.details().path("columns")) {
            if (column.path("drifted").asBoolean()) {
                drifted.put(column.path("name").asText(), column.path("message").asText());
            }
        }
        for (JsonNode column : drift.details().path("missing")) {
            String side = column.path("missingFrom").asText();
            drifted.put(column.path("name").asText(), "the %s data do not have it".formatted(side));
        }
        return new Monitoring(
                drift.started(),
                Monitoring.digests(drift.inputs()),
                Monitoring.share(drift.metrics()),
                drifted,
                Monitoring.performance(drift.metrics()),
                asks(advice, drift),
                advice.approval());
    }

    /** The advice in the result of a drift check; that of none is not to retrain. */
    public static RetrainAdvice advice(Result<JsonNode> drift) {
        JsonNode retrain = drift.details().path("retrain");
        if (!retrain.isObject()) {
            return RetrainAdvice.of(Approval.NONE, List.of());
        }
        try {
            return Json.mapper().treeToValue(retrain, RetrainAdvice.class);
        } catch (JsonProcessingException e) {
            // A later version may know conditions that this one does not; what it concluded is readable still.
            List<String> reasons = new ArrayList<>();
            retrain.path("reasons").forEach(reason -> reasons.add(reason.asText()));
            Approval approval = retrain.path("approval").asText().equals(Approval.REQUIRED.key())
                    ? Approval.REQUIRED
                    : Approval.NONE;
            return new RetrainAdvice(retrain.path("recommended").asBoolean(), approval, reasons, List.of());
        }
    }

    private static List<Ask> asks(RetrainAdvice advice, Result<JsonNode> drift) {
        if (!advice.recommended()) {
            return List.of();
        }
        List<Ask> asks = new ArrayList<>();
        for (Finding finding : advice.conditions()) {
            if (finding.state() == State.HOLDS) {
                String key = finding.evidence().orElse(finding.condition().key());
                asks.add(new Ask(finding.condition(), key, finding.message()));
            }
        }
        if (asks.isEmpty()) {
            List<Ask> gates = Ask.of(drift.gates());
            for (String reason : advice.reasons()) {
                asks.add(gates.stream()
                        .filter(gate -> gate.message().equals(reason))
                        .findFirst()
                        .orElse(new Ask(Condition.DRIFT, "advice", reason)));
            }
        }
        return asks;
    }

    /** The data sets that a result is about, by name. */
    public static SortedMap<String, DataState> data(Result<JsonNode> result) {
        Map<String, Long> rows = new TreeMap<>();
        for (JsonNode data : result.details().path("data")) {
            rows.put(data.path("name").asText(), data.path("rows").asLong());
        }
        for (String side : List.of("reference", "current")) {
            JsonNode data = result.details().path(side);
            if (data.path("rows").isIntegralNumber()) {
                rows.put(data.path("name").asText(), data.path("rows").asLong());
            }
        }
        SortedMap<String, DataState> states = new TreeMap<>();
        for (Artifact artifact : result.lineage().data()) {
            Long counted = rows.get(artifact.name());
            states.put(
                    artifact.name(),
                    new DataState(
                            artifact.digest().value(),
                            counted == null ? OptionalLong.empty() : OptionalLong.of(counted)));
        }
        return states;
    }

    /**
     * The model that an evaluation accepted.
     *
     * @param since when it was accepted
     */
    public static AcceptedModel accepted(Result<JsonNode> evaluation, Instant since) {
        String id = evaluation
                .lineage()
                .model()
                .map(model -> model.digest().value())
                .orElseGet(() -> evaluation.model().map(Model::name).orElse("model") + " of " + evaluation.started());
        return new AcceptedModel(id, since, evaluation.metrics());
    }
}
