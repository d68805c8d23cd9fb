package io.mlcicd.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.KnownMonitoring;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.StoredProfile;
import io.mlcicd.drift.performance.DetectorFinding;
import io.mlcicd.drift.service.Scrape;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.retrain.AcceptedModel;
import io.mlcicd.retrain.DataState;
import io.mlcicd.retrain.RetrainDocuments;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers what earlier runs tell a drift check: from elsewhere first, else from the project's folder. */
final class Monitored {

    private final ResultFolder results;
    private final EarlierRuns elsewhere;
    private final Map<String, List<StoredProfile>> profiles = new HashMap<>();

    Monitored(ResultFolder results, EarlierRuns elsewhere) {
        this.results = results;
        this.elsewhere = elsewhere;
    }

    /** What is known for a model. */
    KnownMonitoring of(Model model) {
        Optional<JsonNode> drift =
                document(elsewhere.drift(), results.lastDrift()).map(Result::details);
        Optional<Result<JsonNode>> accepted = document(elsewhere.accepted(), results.acceptedDocument(model));
        return new KnownMonitoring(
                new Profiles(),
                accepted.map(Monitored::accepted),
                accepted.map(this::data).orElse(new TreeMap<>()),
                drift.flatMap(details -> part(
                                details.at("/performance/detectors"), new TypeReference<List<DetectorFinding>>() {}))
                        .orElse(List.of()),
                drift.flatMap(details -> part(details.at("/service/scrape"), new TypeReference<Scrape>() {})));
    }

    private static AcceptedModel accepted(Result<JsonNode> evaluation) {
        return RetrainDocuments.accepted(evaluation, evaluation.started());
    }

    /** What another version wrote that this one cannot read is as good as nothing. */
    private static Optional<Result<JsonNode>> document(Optional<String> elsewhere, Optional<Path> here) {
        try {
            return elsewhere.isPresent()
                    ? elsewhere.map(text -> ResultDocuments.parse(text, "an earlier result"))
                    : here.map(ResultDocuments::read);
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> part(JsonNode node, TypeReference<T> type) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().treeToValue(node, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The data behind a result, with their numbers of rows where a profile of the same content has them. */
    private SortedMap<String, DataState> data(Result<JsonNode> result) {
        SortedMap<String, DataState> states = new TreeMap<>(RetrainDocuments.data(result));
        states.replaceAll((name, state) ->
                state.rows().isPresent() ? state : new DataState(state.digest(), rows(name, state.digest())));
        return states;
    }

    private OptionalLong rows(String dataSet, String digest) {
        return profiles(dataSet).stream()
                .map(StoredProfile::profile)
                .filter(profile -> profile.sources().stream()
                        .map(Artifact::digest)
                        .anyMatch(known -> known.value().equals(digest)))
                .mapToLong(DataProfile::rows)
                .findFirst();
    }

    private final class Profiles implements KnownMonitoring.Profiles {

        @Override
        public DriftSide.Profiles accepted(String dataSet, int runs, Optional<DataSource> current) {
            return new DriftSide.Profiles(profiles(dataSet), runs, current);
        }

        @Override
        public OptionalLong rows(String dataSet, String digest) {
            return Monitored.this.rows(dataSet, digest);
        }
    }

    /** Asked of the same data set for its rows then, its rows now and as a reference, but read once. */
    private List<StoredProfile> profiles(String dataSet) {
        return profiles.computeIfAbsent(dataSet, this::read);
    }

    private List<StoredProfile> read(String dataSet) {
        Map<DataProfile, StoredProfile> found = new LinkedHashMap<>();
        elsewhere.profiles().stream()
                .filter(profile -> profile.name().equals(dataSet))
                .forEach(profile -> found.putIfAbsent(
                        profile,
                        new StoredProfile(profile, "'%s' accepted %d runs ago".formatted(dataSet, found.size() + 1))));
        results.acceptedHistory(dataSet, AcceptedProfiles.MOST)
                .forEach(stored -> found.putIfAbsent(stored.profile(), stored));
        return List.copyOf(found.values());
    }
}
