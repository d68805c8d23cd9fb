package io.mlcicd.drift.multivariate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of all columns together.
 *
 * @param drifted whether one of the three checks says so
 * @param referenceRows how many rows of the reference were looked at
 * @param currentRows how many current rows were looked at
 * @param columns how many columns took part
 * @param domain how well a classifier tells the sides apart
 * @param pca how well the current rows fit the structure of the reference
 * @param correlation which correlations changed
 * @param notRun which of the three did not run, and why
 * @param message a sentence that says all this to a person
 */
public record MultivariateFindings(
        boolean drifted,
        int referenceRows,
        int currentRows,
        int columns,
        Optional<DomainFinding> domain,
        Optional<PcaFinding> pca,
        Optional<CorrelationFinding> correlation,
        List<NotRun> notRun,
        String message) {

    public MultivariateFindings {
        notRun = List.copyOf(notRun);
    }

    /** A check that did not run, by its field's name, and the reason. */
    public record NotRun(String check, String reason) {}

    /**
     * What gates can name: {@code drift.domainAuc}, {@code drift.domainAuc.lower95}, {@code drift.domainAuc.pValue},
     * {@code drift.pcaError}, {@code drift.pcaError.z}, {@code drift.correlation}, {@code drift.correlationPairs}; of
     * checks that did not run there is none.
     */
    @JsonIgnore
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        domain.ifPresent(finding -> {
            metrics.put("drift.domainAuc", finding.auc());
            metrics.put("drift.domainAuc.lower95", finding.lower95());
            metrics.put("drift.domainAuc.pValue", finding.pValue());
        });
        pca.ifPresent(finding -> {
            metrics.put("drift.pcaError", finding.error());
            finding.z().ifPresent(z -> metrics.put("drift.pcaError.z", z));
        });
        correlation.ifPresent(finding -> {
            metrics.put("drift.correlation", finding.greatestChange());
            metrics.put("drift.correlationPairs", (double) finding.changedPairs());
        });
        return metrics;
    }
}
