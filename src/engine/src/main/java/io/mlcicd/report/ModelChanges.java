package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Parameters;
import io.mlcicd.lineage.TrainingEnvironment;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a model was made of otherwise than another: data, contracts, code, command, parameters, environment. Things that one
 * of the two documents does not tell are not compared.
 *
 * @param changed what differs
 * @param same what does not, by kind and name
 */
public record ModelChanges(List<Change> changed, List<String> same) {

    private static final int COMMIT_DIGITS = 12;
    private static final String MISSING = "";

    /**
     * One difference.
     *
     * @param kind {@code data}, {@code contract}, {@code commit}, {@code training}, {@code parameter}, {@code environment}
     *     or {@code model}
     * @param name what differs, such as a data set's name
     * @param before what it was; empty when it was not there
     * @param after what it is; empty when it is not there any more
     * @param url where the difference can be looked at
     */
    public record Change(String kind, String name, String before, String after, Optional<String> url) {}

    public ModelChanges {
        changed = List.copyOf(changed);
        same = List.copyOf(same);
    }

    /** Compares documents of two models; those of a run stand for those of its stages. */
    public static ModelChanges between(List<Result<JsonNode>> before, List<Result<JsonNode>> after) {
        Collector all = new Collector();
        LineageRecord one = lineage(before);
        LineageRecord other = lineage(after);
        all.compare("data", data(one, before), data(other, after));
        all.compare("contract", contracts(before), contracts(after));
        commit(one.commit(), other.commit(), all);
        if (one.training().isPresent() && other.training().isPresent()) {
            all.compare(
                    "training",
                    Map.of("command", String.join(" ", one.training().get().command())),
                    Map.of("command", String.join(" ", other.training().get().command())));
        }
        if (one.parameters().isPresent() || other.parameters().isPresent()) {
            all.compare("parameter", values(one.parameters()), values(other.parameters()));
        }
        if (one.environment().isPresent() && other.environment().isPresent()) {
            all.compare(
                    "environment",
                    environment(one.environment().get()),
                    environment(other.environment().get()));
        }
        if (one.model().isPresent() && other.model().isPresent()) {
            all.compare(
                    "model",
                    Map.of("content", brief(one.model().get())),
                    Map.of("content", brief(other.model().get())));
        }
        return new ModelChanges(all.changed, all.same);
    }

    private static LineageRecord lineage(List<Result<JsonNode>> documents) {
        return documents.stream().map(Result::lineage).reduce(LineageRecord.EMPTY, LineageRecord::and);
    }

    private static String brief(Artifact artifact) {
        return artifact.digest().abbreviated();
    }

    private static Map<String, String> data(LineageRecord lineage, List<Result<JsonNode>> documents) {
        Map<String, Long> rows = new LinkedHashMap<>();
        sets(documents)
                .forEach(set ->
                        rows.put(set.path("name").asText(), set.path("rows").asLong()));
        Map<String, String> data = new LinkedHashMap<>();
        for (Artifact artifact : lineage.data()) {
            Long counted = rows.get(artifact.name());
            data.put(
                    artifact.name(),
                    brief(artifact) + ", "
                            + (counted == null ? Numbers.bytes(artifact.bytes()) : Numbers.count(counted, "row")));
        }
        return data;
    }

    private static List<JsonNode> sets(List<Result<JsonNode>> documents) {
        List<JsonNode> sets = new ArrayList<>();
        documents.stream()
                .flatMap(HtmlReport::unfold)
                .filter(document -> document.stage() == Stage.VALIDATE)
                .forEach(document -> document.details().path("data").forEach(sets::add));
        return sets;
    }

    private static Map<String, String> contracts(List<Result<JsonNode>> documents) {
        Map<String, String> contracts = new LinkedHashMap<>();
        for (JsonNode set : sets(documents)) {
            String digest = set.path("contractDigest").asText().replaceFirst("^sha256:", "");
            if (!digest.isEmpty()) {
                contracts.put(
                        set.path("contract").asText(), digest.substring(0, Math.min(COMMIT_DIGITS, digest.length())));
            }
        }
        return contracts;
    }

    private static void commit(Optional<GitCommit> before, Optional<GitCommit> after, Collector all) {
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        GitCommit one = before.get();
        GitCommit other = after.get();
        Optional<String> url = other.remote().flatMap(remote -> Forge.range(remote, one.sha(), other.sha()));
        all.compare("commit", Map.of("code", text(one)), Map.of("code", text(other)), url);
    }

    private static String text(GitCommit commit) {
        return commit.sha().substring(0, Math.min(COMMIT_DIGITS, commit.sha().length()))
                + (commit.dirty() ? " with uncommitted changes" : "");
    }

    private static Map<String, String> values(Optional<Parameters> parameters) {
        return parameters
                .map(Parameters::values)
                .<Map<String, String>>map(LinkedHashMap::new)
                .orElse(Map.of());
    }

    private static Map<String, String> environment(TrainingEnvironment environment) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("platform", environment.platform());
        environment.runtime().ifPresent(runtime -> parts.put("runtime", runtime));
        environment.dependencies().forEach(file -> parts.put(file.path(), brief(file)));
        return parts;
    }

    private static final class Collector {
        private final List<Change> changed = new ArrayList<>();
        private final List<String> same = new ArrayList<>();

        void compare(String kind, Map<String, String> before, Map<String, String> after) {
            compare(kind, before, after, Optional.empty());
        }

        /** What neither has is no change; a kind that one of both does not tell at all is not compared. */
        void compare(String kind, Map<String, String> before, Map<String, String> after, Optional<String> url) {
            if ((before.isEmpty() || after.isEmpty()) && !kind.equals("parameter")) {
                return;
            }
            Set<String> names = new LinkedHashSet<>(after.keySet());
            names.addAll(before.keySet());
            for (String name : names) {
                String then = before.getOrDefault(name, MISSING);
                String now = after.getOrDefault(name, MISSING);
                if (Objects.equals(then, now)) {
                    same.add(kind + " " + name);
                } else {
                    changed.add(new Change(kind, name, then, now, url));
                }
            }
        }
    }
}
