package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.graph.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How all models stand, kept up to date entry by entry, so that no build has to be loaded to show them. */
final class ModelIndex {

    private static final Set<String> STAGES =
            Set.of("validate", "train", "evaluate", "package", "deploy", "promote", "rollback", "drift");

    /** What a result document without a model is recorded under. */
    private static final String NO_MODEL = "data";

    private final Map<KnownJob, Map<String, ModelState>> models = new LinkedHashMap<>();

    void add(LogEntry entry, Source source) {
        if (!STAGES.contains(entry.event()) || entry.model().equals(NO_MODEL)) {
            return;
        }
        Map<String, ModelState> ofJob = models.computeIfAbsent(source.job(), job -> new TreeMap<>());
        ModelState before = ofJob.computeIfAbsent(entry.model(), model -> ModelState.none(source.job(), model));
        ofJob.put(entry.model(), before.after(entry, source.build()));
    }

    List<ModelState> all() {
        List<ModelState> all = new ArrayList<>();
        models.values().forEach(ofJob -> all.addAll(ofJob.values()));
        return all;
    }

    List<ModelState> of(KnownJob job) {
        return List.copyOf(models.getOrDefault(job, Map.of()).values());
    }
}
