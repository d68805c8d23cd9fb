package io.mlcicd.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Histogram;
import io.mlcicd.data.TopValues;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A side that is a stored profile.
 *
 * <p>As reference it loses little: PSI and the Jensen–Shannon distance are those of the data themselves, for the deciles
 * they bin by are edges of the profile's histogram; of categories they are, as long as the profile lists them all.
 * As current side its histogram has other edges than the bins: the values of a histogram bin are then spread evenly
 * over it, so that the share of a bin is off by at most that of the two histogram bins at its ends.
 *
 * <p>The Kolmogorov–Smirnov statistic is taken over the profile's edges alone. Against data it is therefore at most the
 * true one, and smaller by at most the greatest share of either side's values between two edges: about 0.02 where they
 * are equally frequent in 50 bins, more where a single value is more frequent than that or drift has gathered the values
 * in one bin. Between two profiles it may be off by as much in both directions.
 */
final class ProfileSide implements Side {

    private final DataProfile profile;
    private final Artifact file;

    private ProfileSide(DataProfile profile, Artifact file) {
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
    public Map<String, Overview> overview(Collection<Column> columns, boolean deciles) {
        Map<String, Overview> overviews = new HashMap<>();
        for (Column column : columns) {
            ColumnProfile known = profile.find(column.name()).orElseThrow();
            overviews.put(
                    column.name(),
                    NumericColumn.suits(column.type())
                            ? known.distribution().map(ProfileSide::overview).orElse(Overview.NO_VALUES)
                            : new Overview(known.count(), known.distinct(), List.of()));
        }
        return overviews;
    }

    private static Overview overview(Distribution distribution) {
        List<Double> deciles = new ArrayList<>();
        for (double level : Overview.LEVELS) {
            OptionalDouble quantile = distribution.quantile(level);
            quantile.ifPresent(deciles::add);
        }
        // A profile of coarser quantiles is compared by the bins it has.
        boolean all = deciles.size() == Overview.LEVELS.size();
        List<Double> edges = all ? deciles : distribution.equalFrequency().edges();
        return new Overview(distribution.count(), 0, edges);
    }

    @Override
    public Map<String, double[]> below(Map<Column, List<Double>> points) {
        Map<String, double[]> below = new HashMap<>();
        points.forEach((column, ofColumn) -> {
            Histogram histogram = histogram(column);
            below.put(
                    column.name(),
                    ofColumn.stream()
                            .mapToDouble(point -> below(histogram, point))
                            .toArray());
        });
        return below;
    }

    private static double below(Histogram histogram, double point) {
        List<Double> edges = histogram.edges();
        double sum = 0;
        for (int i = 0; i < histogram.counts().size(); i++) {
            double from = edges.get(i);
            double to = edges.get(i + 1);
            if (point <= from) {
                return sum;
            }
            double part = point >= to ? 1 : (point - from) / (to - from);
            sum += part * histogram.counts().get(i);
        }
        return sum;
    }

    @Override
    public List<Double> knots(Column column) {
        List<Double> knots = new ArrayList<>(histogram(column).edges());
        // The last bin holds its upper edge too, so its count is known just above that edge.
        knots.add(Math.nextUp(knots.remove(knots.size() - 1)));
        return List.copyOf(knots);
    }

    private Histogram histogram(Column column) {
        return profile.find(column.name())
                .flatMap(ColumnProfile::distribution)
                .orElseThrow()
                .equalFrequency();
    }

    @Override
    public Map<String, Categories> categories(Collection<Column> columns) {
        Map<String, Categories> categories = new HashMap<>();
        for (Column column : columns) {
            ColumnProfile known = profile.find(column.name()).orElseThrow();
            categories.put(
                    column.name(),
                    known.topValues()
                            .map(ProfileSide::categories)
                            .orElse(known.count() == 0 ? Categories.NONE : new Categories(Map.of(), false)));
        }
        return categories;
    }

    private static Categories categories(TopValues top) {
        Map<String, Long> counts = new LinkedHashMap<>();
        top.values().forEach(value -> counts.put(value.value(), value.count()));
        return new Categories(counts, top.complete());
    }
}
