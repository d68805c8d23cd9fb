package io.mlcicd.drift;

import io.mlcicd.drift.multivariate.EmbeddingRequest;
import io.mlcicd.drift.multivariate.MultivariateRequest;
import io.mlcicd.drift.performance.PerformanceRequest;
import io.mlcicd.drift.service.ServiceRequest;
import io.mlcicd.drift.text.TextRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a drift check looks at beside single columns.
 *
 * @param together all columns together
 * @param texts columns of free text
 * @param text how these are compared
 * @param embeddings vectors
 * @param performance how well the model does over time
 * @param service how well the service does
 */
public record Watched(
        Optional<MultivariateRequest> together,
        List<String> texts,
        TextRequest text,
        Optional<EmbeddingRequest> embeddings,
        Optional<PerformanceRequest> performance,
        Optional<ServiceRequest> service) {

    /** Single columns alone. */
    public static final Watched NOTHING = new Watched(
            Optional.empty(), List.of(), TextRequest.USUAL, Optional.empty(), Optional.empty(), Optional.empty());

    public Watched {
        texts = List.copyOf(texts);
    }

    /** Whether anything is wanted that needs the rows of both sides. */
    boolean needsRows() {
        return together.isPresent() || !texts.isEmpty() || embeddings.isPresent();
    }
}
