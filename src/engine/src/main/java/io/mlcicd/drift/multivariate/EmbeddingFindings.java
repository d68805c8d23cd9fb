package io.mlcicd.drift.multivariate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.mlcicd.drift.multivariate.MultivariateFindings.NotRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the embeddings.
 *
 * @param embeddings each that was compared, in the request's order
 * @param notRun those that were not, by name, with the reason
 */
public record EmbeddingFindings(List<EmbeddingFinding> embeddings, List<NotRun> notRun) {

    public EmbeddingFindings {
        embeddings = List.copyOf(embeddings);
        notRun = List.copyOf(notRun);
    }

    /**
     * One embedding.
     *
     * @param name what it is called
     * @param dimensions of its vectors
     * @param referenceRows how many vectors of the reference the test compared
     * @param currentRows how many current vectors the test compared
     * @param mmd squared maximum mean discrepancy, see {@link MeanDiscrepancy}
     * @param pValue of the test by permutations, above 0, up to 1
     * @param bandwidth of the kernel, the median distance between two vectors
     * @param alpha what the p-value was held against
     * @param domain how well a classifier tells the sides apart by the dimensions
     * @param drifted whether the test or the classifier says so
     * @param message a sentence that says all this to a person
     */
    public record EmbeddingFinding(
            String name,
            int dimensions,
            int referenceRows,
            int currentRows,
            double mmd,
            double pValue,
            double bandwidth,
            double alpha,
            DomainFinding domain,
            boolean drifted,
            String message) {}

    /** What gates can name: {@code <name>.mmd}, {@code <name>.mmd.pValue}, {@code <name>.domainAuc} and its {@code .lower95}. */
    @JsonIgnore
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (EmbeddingFinding embedding : embeddings) {
            metrics.put(embedding.name() + ".mmd", embedding.mmd());
            metrics.put(embedding.name() + ".mmd.pValue", embedding.pValue());
            metrics.put(embedding.name() + ".domainAuc", embedding.domain().auc());
            metrics.put(
                    embedding.name() + ".domainAuc.lower95", embedding.domain().lower95());
        }
        return metrics;
    }
}
