package io.mlcicd.config;

import io.mlcicd.data.DataSource;
import io.mlcicd.drift.DriftSide;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** No earlier run has told anything. */
final class NoMonitoring {

    static final KnownMonitoring NOTHING = new KnownMonitoring(
            new KnownMonitoring.Profiles() {
                @Override
                public DriftSide.Profiles accepted(String dataSet, int runs, Optional<DataSource> current) {
                    return new DriftSide.Profiles(List.of(), runs, current);
                }

                @Override
                public OptionalLong rows(String dataSet, String digest) {
                    return OptionalLong.empty();
                }
            },
            Optional.empty(),
            new TreeMap<>(),
            List.of(),
            Optional.empty());

    private NoMonitoring() {}
}
