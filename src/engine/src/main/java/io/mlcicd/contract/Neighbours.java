package io.mlcicd.contract;

import io.mlcicd.contract.rule.Facts;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the data sets of one run are compared with, opened when it is first asked for. */
final class Neighbours implements Facts.Beside {

    private final DataEngine engine;
    private final Map<String, DataSource> sources = new LinkedHashMap<>();
    private final Map<String, Relation> opened = new HashMap<>();
    private final Map<String, DataProfile> profiles = new HashMap<>();
    private final Optional<DataProfile> baseline;
    private final Optional<DataProfile> accepted;
    private final Instant now;

    Neighbours(DataEngine engine, ContractedData data, List<DataSource> others, Instant now) {
        this.engine = engine;
        this.now = now;
        others.forEach(source -> sources.put(source.name(), source));
        this.baseline = data.baseline().map(DataProfiles::read);
        this.accepted = data.accepted();
    }

    @Override
    public Optional<DataProfile> baseline() {
        return baseline.or(() -> accepted);
    }

    @Override
    public Optional<DataProfile> accepted() {
        return accepted;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(sources.keySet());
    }

    @Override
    public Relation other(String name) throws InterruptedException {
        DataSource source = sources.get(name);
        if (source == null) {
            throw new InvalidInputException("there is no data set called '%s'%s; there are: %s"
                    .formatted(name, Spelling.hint(name, sources.keySet()), String.join(", ", sources.keySet())));
        }
        Relation known = opened.get(name);
        if (known == null) {
            known = engine.open(source);
            opened.put(name, known);
        }
        return known;
    }

    @Override
    public DataProfile profileOf(String name) throws InterruptedException {
        DataProfile known = profiles.get(name);
        if (known == null) {
            known = Profiler.profile(engine, other(name));
            profiles.put(name, known);
        }
        return known;
    }

    @Override
    public Instant now() {
        return now;
    }
}
