package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.target.SeenAnswers.SeenAnswer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last answers of one release in a trial, joined with the labels that arrived for them. */
final class Answered {

    private static final int MOST = 100_000;

    /** An answer's prediction, and the truth once it is known. */
    record Pair(String prediction, Optional<String> label) {}

    private final Map<String, Pair> byId = new LinkedHashMap<>();

    void add(List<SeenAnswer> answers) {
        for (SeenAnswer answer : answers) {
            byId.put(answer.id(), new Pair(answer.prediction(), Optional.empty()));
        }
        Iterator<String> oldest = byId.keySet().iterator();
        for (int tooMany = byId.size() - MOST; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Notes the truth about a request, if this release answered it. */
    boolean label(String id, String truth) {
        return byId.computeIfPresent(id, (same, pair) -> new Pair(pair.prediction(), Optional.of(truth))) != null;
    }

    int size() {
        return byId.size();
    }

    /** Those whose truth is known. */
    List<Pair> labelled() {
        List<Pair> pairs = new ArrayList<>();
        byId.values().stream().filter(pair -> pair.label().isPresent()).forEach(pairs::add);
        return pairs;
    }
}
