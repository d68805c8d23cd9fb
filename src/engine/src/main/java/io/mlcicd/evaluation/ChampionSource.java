package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the model is compared with.
 *
 * @param document the champion's evaluation
 * @param predictions the champion's predictions for the same rows, with which differences can be tested row by row
 * @param kept whether those predictions were kept by an evaluation, with the roles as names of their columns; else they
 *     have the names that the model's have
 * @param title how people are told of it; empty for the name of its file
 */
public record ChampionSource(
        Optional<Path> document, Optional<DataSource> predictions, boolean kept, Optional<String> title) {

    /** A champion that is called by its file. */
    public ChampionSource(Optional<Path> document, Optional<DataSource> predictions, boolean kept) {
        this(document, predictions, kept, Optional.empty());
    }

    /** A champion of which only the evaluation is known. */
    public static ChampionSource of(Path document) {
        return new ChampionSource(Optional.of(document), Optional.empty(), false);
    }
}
