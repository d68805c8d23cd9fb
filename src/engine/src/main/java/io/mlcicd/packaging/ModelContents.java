package io.mlcicd.packaging;

import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.packaging.licence.LicenceFindings;
import io.mlcicd.packaging.licence.Licences;
import io.mlcicd.packaging.pickle.PickleFiles;
import io.mlcicd.packaging.pickle.PickleFinding;
import io.mlcicd.packaging.pickle.PickleFinding.Level;
import io.mlcicd.packaging.pickle.PickleScan;
import io.mlcicd.packaging.recognition.ModelRecognition;
import io.mlcicd.packaging.recognition.RecognisedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files to package are, looked at from outside: nothing is loaded or run.
 *
 * @param recognised what the model is
 * @param pickles what the pickles among model, files and dependencies would import
 * @param licences licences of the dependencies
 */
record ModelContents(RecognisedModel recognised, PickleScan pickles, LicenceFindings licences) {

    static final String UNSAFE = "pickle.unsafe";
    static final String UNKNOWN = "pickle.unknown";
    private static final String DENIED = "licences.denied";
    private static final String ALLOW = "; what you vouch for goes into package.pickle.allow";
    private static final int MOST_TOLD = 5;

    /** Looks at everything that will be in the image. */
    static ModelContents of(PackagingRequest request, ImageContents contents) throws IOException {
        PickleFiles pickles = new PickleFiles(request.allowedImports());
        List<Path> modelFiles = new ArrayList<>();
        for (ProjectFile file : contents.modelFiles()) {
            pickles.look(file.path(), file.source());
            modelFiles.add(file.source());
        }
        int ofModel = pickles.facts().size();
        for (ProjectFile file : contents.files()) {
            pickles.look(file.path(), file.source());
        }
        Licences licences = new Licences();
        for (ProjectFile file : contents.dependencies()) {
            licences.look(file.path(), file.source());
            pickles.lookAmongLibraries(file.path(), file.source());
        }
        Path project = request.baseDirectory().toRealPath();
        RecognisedModel recognised = ModelRecognition.recognise(
                project,
                project.resolve(contents.model().path()),
                modelFiles,
                pickles.facts().subList(0, ofModel));
        return new ModelContents(recognised, pickles.scan(), licences.held(request.licences()));
    }

    void addMetrics(Map<String, Double> metrics) {
        metrics.put(DENIED, (double) licences.denied().size());
        metrics.put("licences.unknown", (double) licences.unknown().size());
        metrics.put("pickle.files", (double) pickles.pickles());
        metrics.put(UNSAFE, (double) pickles.of(Level.UNSAFE).size());
        metrics.put(
                UNKNOWN,
                (double) pickles.of(Level.UNKNOWN).size() + pickles.problems().size());
    }

    /** A policy that nothing enforced would only look like one. */
    private Optional<GateResult> licenceGate(List<Gate> asked, Metrics metrics) {
        boolean decided = asked.stream().anyMatch(gate -> gate.metric().equals(DENIED));
        if (decided || licences.denied().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(told(Gate.of(DENIED, Comparison.MAX, 0), metrics, licences.denied(), ""));
    }

    /**
     * The gates that hold without being asked for: what is unsafe is refused, and so is a licence that is not permitted;
     * what is unknown is told, unless the user has a gate of his own for it.
     */
    List<GateResult> gates(List<Gate> asked, Metrics metrics) {
        List<GateResult> results = new ArrayList<>();
        if (!pickles.of(Level.UNSAFE).isEmpty()) {
            Gate gate = Gate.of(UNSAFE, Comparison.MAX, 0);
            results.add(told(gate, metrics, sentences(Level.UNSAFE), ALLOW));
        }
        boolean decided = asked.stream().anyMatch(gate -> gate.metric().equals(UNKNOWN));
        if (!decided
                && (!pickles.of(Level.UNKNOWN).isEmpty() || !pickles.problems().isEmpty())) {
            Gate gate = new Gate(UNKNOWN, Comparison.MAX, 0, Criticality.UNSTABLE, Optional.empty());
            List<String> sentences = new ArrayList<>(sentences(Level.UNKNOWN));
            String advice = sentences.isEmpty() ? "" : ALLOW;
            sentences.addAll(pickles.problems());
            results.add(told(gate, metrics, sentences, advice));
        }
        licenceGate(asked, metrics).ifPresent(results::add);
        return results;
    }

    private List<String> sentences(Level level) {
        return pickles.of(level).stream().map(PickleFinding::sentence).toList();
    }

    private static GateResult told(Gate gate, Metrics metrics, List<String> sentences, String advice) {
        GateResult held = Gates.hold(List.of(gate), metrics, Optional.empty()).get(0);
        int shown = Math.min(MOST_TOLD, sentences.size());
        String more = sentences.size() > shown ? "; and %d more".formatted(sentences.size() - shown) : "";
        String message =
                "%s: %s%s%s".formatted(held.message(), String.join("; ", sentences.subList(0, shown)), more, advice);
        return new GateResult(gate, held.sliceValue(), held.actual(), held.champion(), held.outcome(), message);
    }
}
