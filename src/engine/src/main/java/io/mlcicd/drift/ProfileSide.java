package io.mlcicd.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.TopValues;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A side that is a stored profile.
 *
 * <p>As reference it loses little: of numbers, distances of bins are those of the data themselves, for the deciles they
 * bin by are edges of the profile's histogram; of categories they are, as long as the profile lists them all. Where a
 * measure may be off, a finding says by how much: see {@link ProfiledOrder} and {@link ShareBounds}.
 */
final class ProfileSide implements Side {

    private final DataProfile profile;
    private final Artifact file;

    ProfileSide(DataProfile profile, Artifact file) {
        this.profile = profile;
        this.file = file;
    }

    /** @throws InvalidInputException when the file is missing or is no profile */
    static ProfileSide open(DriftSide.Profile side) {
        JsonNode document = Json.read(side.path());
        try {
            DataProfile profile = Json.mapper().treeToValue(document, DataProfile.class);
            return new ProfileSide(profile, Digests.artifact(profile.name(), side.shown(), side.path()));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s is not a data profile: %s; make one with 'mlcicd profile'"
                            .formatted(side.shown(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + side.shown() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ComparedData summary() {
        return new ComparedData(profile.name(), file.path(), true, profile.rows());
    }

    @Override
    public List<Column> columns() {
        return profile.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
    }

    @Override
    public Artifact input() {
        return file;
    }

    @Override
    public List<Artifact> data() {
        return profile.sources();
    }

    @Override
    public Map<String, Overview> overview(Collection<Column> columns) {
        Map<String, Overview> overviews = new HashMap<>();
        for (Column column : columns) {
            ColumnProfile known = profile.find(column.name()).orElseThrow();
            long values = NumericColumn.suits(column.type())
                    ? known.distribution().map(Distribution::count).orElse(0L)
                    : known.count();
            overviews.put(column.name(), new Overview(values, known.distinct()));
        }
        return overviews;
    }

    @Override
    public Optional<ProfiledNumbers> profiled(Column column) {
        return Optional.of(profile.find(column.name()).map(ProfiledNumbers::of).orElseThrow());
    }

    @Override
    public Map<String, Categories> categories(Collection<Column> columns) {
        Map<String, Categories> categories = new HashMap<>();
        columns.forEach(column -> categories.put(
                column.name(), categories(profile.find(column.name()).orElseThrow())));
        return categories;
    }

    /** The categories that a profile lists. */
    static Categories categories(ColumnProfile known) {
        return known.topValues()
                .map(ProfileSide::categories)
                .orElse(known.count() == 0 ? Categories.NONE : new Categories(Map.of(), false));
    }

    private static Categories categories(TopValues top) {
        Map<String, Long> counts = new LinkedHashMap<>();
        top.values().forEach(value -> counts.put(value.value(), value.count()));
        return new Categories(counts, top.complete());
    }
}
