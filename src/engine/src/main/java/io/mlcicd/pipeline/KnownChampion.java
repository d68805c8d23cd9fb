package io.mlcicd.pipeline;

import java.util.Optional;

/** A champion that is known elsewhere than in the project's folder, such as to the builds of a CI server. */
public final class KnownChampion {

    private final String title;
    private final String document;
    private final Optional<byte[]> predictions;

    /**
     * A champion.
     *
     * @param title which evaluation it is, for people, such as "the evaluation of build #7"
     * @param document the result document of its evaluation, as JSON
     * @param predictions as that evaluation kept them (see {@link Stages#keptPredictions}); empty when nobody has them
     */
    public KnownChampion(String title, String document, Optional<byte[]> predictions) {
        this.title = title;
        this.document = document;
        this.predictions = predictions;
    }

    String title() {
        return title;
    }

    String document() {
        return document;
    }

    Optional<byte[]> predictions() {
        return predictions;
    }
}
