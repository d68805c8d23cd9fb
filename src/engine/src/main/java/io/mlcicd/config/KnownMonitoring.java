package io.mlcicd.config;

import io.mlcicd.data.DataSource;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.performance.DetectorFinding;
import io.mlcicd.drift.service.Scrape;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.retrain.AcceptedModel;
import io.mlcicd.retrain.DataState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What earlier runs tell a drift check.
 *
 * @param profiles the profiles of data that were accepted
 * @param accepted the model that is in use
 * @param dataThen the data sets that it was trained with, by name
 * @param detectors what detectors knew at the end of the last check
 * @param scrape the counters of the service at that time
 */
public record KnownMonitoring(
        Profiles profiles,
        Optional<AcceptedModel> accepted,
        SortedMap<String, DataState> dataThen,
        List<DetectorFinding> detectors,
        Optional<Scrape> scrape) {

    /** Finds accepted profiles. */
    public interface Profiles {

        /** The side that the last runs of a data set make together; {@code current} is no reference for itself. */
        DriftSide.Profiles accepted(String dataSet, int runs, Optional<DataSource> current);

        /** The number of rows of a data set of that content; empty when it never was accepted. */
        OptionalLong rows(String dataSet, String digest);
    }

    public KnownMonitoring {
        detectors = List.copyOf(detectors);
    }

    Map<String, Double> acceptedMetrics() {
        return accepted.map(AcceptedModel::metrics).orElse(Map.of());
    }

    /** Data sets by their content. */
    SortedMap<String, DataState> states(List<Artifact> data) {
        SortedMap<String, DataState> states = new TreeMap<>();
        data.forEach(artifact -> {
            String digest = artifact.digest().value();
            states.put(artifact.name(), new DataState(digest, profiles.rows(artifact.name(), digest)));
        });
        return states;
    }
}
