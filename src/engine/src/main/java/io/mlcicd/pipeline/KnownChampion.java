package io.mlcicd.pipeline;

import java.util.Optional;

/** A champion that is known elsewhere than in the project's folder, such as to the builds of a CI server. */
public final class KnownChampion {

    private final String document;
    private final Optional<byte[]> predictions;

    /**
     * A champion.
     *
     * @param document the result document of its evaluation, as JSON
     * @param predictions as that evaluation kept them (see {@link Stages#keptPredictions}); empty when nobody has them
     */
    public KnownChampion(String document, Optional<byte[]> predictions) {
        this.document = document;
        this.predictions = predictions;
    }

    String document() {
        return document;
    }

    Optional<byte[]> predictions() {
        return predictions;
    }
}
