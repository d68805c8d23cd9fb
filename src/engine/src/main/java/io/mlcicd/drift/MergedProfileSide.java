package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Distribution;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A side that is several stored profiles, which stand in for all their rows together. Rows, nulls and values add up, and
 * so do categories; a category that a profile may or may not have seen is compared with the rest. Numbers are as {@link
 * ProfiledNumbers} tells: every share of a bin and the Kolmogorov–Smirnov statistic are off by at most twice what it
 * states, and much less where values are spread smoothly.
 *
 * <p>Only columns that all profiles have, with values that compare, can be asked for.
 */
final class MergedProfileSide implements Side {

    private static final int PATHS_TOLD = 3;

    private final List<StoredProfile> stored;
    private final List<Column> columns;
    private final Map<String, String> leftOut;

    private MergedProfileSide(List<StoredProfile> stored) {
        this.stored = stored;
        this.leftOut = new TreeMap<>();
        this.columns = columns(stored, leftOut);
    }

    /** @throws InvalidInputException when there is no profile, or they have no column in common */
    static MergedProfileSide open(DataEngine engine, DriftSide.Profiles side) throws InterruptedException {
        List<StoredProfile> kept = side.profiles();
        if (side.current().isPresent()) {
            DataSource current = side.current().get();
            engine.open(current);
            List<Digest> own = List.of(engine.artifact(current).digest());
            kept = kept.stream()
                    .filter(each -> !digests(each.profile()).equals(own))
                    .toList();
        }
        if (kept.isEmpty()) {
            throw new InvalidInputException(
                    side.profiles().isEmpty()
                            ? "there is no accepted profile to compare with yet; 'mlcicd validate' keeps one of each data set that it accepts"
                            : "the only accepted profile is that of the current data themselves; there is nothing to compare with yet");
        }
        MergedProfileSide merged =
                new MergedProfileSide(kept.stream().limit(side.most()).toList());
        if (merged.columns.isEmpty()) {
            throw new InvalidInputException("the profiles %s have no column in common; compare with fewer of them"
                    .formatted(merged.paths().collect(Collectors.joining(", "))));
        }
        return merged;
    }

    private static List<Digest> digests(DataProfile profile) {
        return profile.sources().stream().map(Artifact::digest).toList();
    }

    private static List<Column> columns(List<StoredProfile> stored, Map<String, String> leftOut) {
        Set<String> names = new LinkedHashSet<>();
        stored.forEach(each -> each.profile().columns().forEach(column -> names.add(column.name())));
        List<Column> common = new ArrayList<>();
        for (String name : names) {
            Set<ColumnType> types = new LinkedHashSet<>();
            String without = null;
            for (StoredProfile each : stored) {
                ColumnProfile column = each.profile().find(name).orElse(null);
                if (column == null) {
                    without = without == null ? each.shown() : without;
                } else if (column.count() > 0) {
                    types.add(column.type());
                }
            }
            if (without != null) {
                leftOut.put(name, without + " has no such column");
            } else if (types.isEmpty()) {
                common.add(new Column(
                        name, stored.get(0).profile().find(name).orElseThrow().type()));
            } else if (types.stream().map(MergedProfileSide::family).distinct().count() > 1) {
                leftOut.put(
                        name,
                        "it is of different types: "
                                + types.stream().map(ColumnType::key).collect(Collectors.joining(", ")));
            } else {
                common.add(new Column(
                        name,
                        types.size() == 1
                                ? types.iterator().next()
                                : family(types.iterator().next())));
            }
        }
        return List.copyOf(common);
    }

    private static ColumnType family(ColumnType type) {
        return switch (type) {
            case INTEGER -> ColumnType.NUMBER;
            case DATE -> ColumnType.TIMESTAMP;
            default -> type;
        };
    }

    private Stream<String> paths() {
        return stored.stream().map(StoredProfile::shown);
    }

    private String shown() {
        String first = paths().limit(PATHS_TOLD).collect(Collectors.joining(", "));
        int more = stored.size() - PATHS_TOLD;
        return more > 0 ? "%s and %d more".formatted(first, more) : first;
    }

    @Override
    public ComparedData summary() {
        return new ComparedData(
                stored.get(0).profile().name(),
                shown(),
                true,
                stored.stream().mapToLong(each -> each.profile().rows()).sum(),
                Optional.empty(),
                Optional.of(new MergedProfiles(paths().toList(), leftOut)));
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    /** The profiles as if they were the files of one folder. */
    @Override
    public Artifact input() {
        List<Artifact> files = stored.stream().map(StoredProfile::artifact).toList();
        String listing = files.stream()
                .map(file -> file.digest().value() + "  " + file.path() + "\n")
                .collect(Collectors.joining());
        return new Artifact(
                files.get(0).name(),
                shown(),
                Digests.of(listing.getBytes(StandardCharsets.UTF_8)),
                files.stream().mapToLong(Artifact::bytes).sum());
    }

    @Override
    public List<Artifact> data() {
        return stored.stream()
                .flatMap(each -> each.profile().sources().stream())
                .distinct()
                .toList();
    }

    @Override
    public Map<String, Overview> overview(Collection<Column> asked) {
        Map<String, Overview> overviews = new HashMap<>();
        for (Column column : asked) {
            overviews.put(column.name(), NumericColumn.suits(column.type()) ? numbers(column.name()) : texts(column));
        }
        return overviews;
    }

    private Overview numbers(String column) {
        List<ColumnProfile> profiles = of(column);
        long values = profiles.stream()
                .flatMap(each -> each.distribution().stream())
                .mapToLong(Distribution::count)
                .sum();
        return new Overview(
                values,
                profiles.stream().mapToLong(ColumnProfile::distinct).max().orElse(0));
    }

    /** Where not all texts are listed, the mean share of different ones tells what kind of texts they are. */
    private Overview texts(Column column) {
        List<ColumnProfile> profiles = of(column.name());
        Categories categories = categories(column.name());
        long distinct = categories.complete()
                ? categories.counts().size()
                : profiles.stream().mapToLong(ColumnProfile::distinct).sum();
        return new Overview(profiles.stream().mapToLong(ColumnProfile::count).sum(), distinct);
    }

    private List<ColumnProfile> of(String column) {
        return stored.stream()
                .map(each -> each.profile().find(column).orElseThrow())
                .toList();
    }

    @Override
    public Optional<ProfiledNumbers> profiled(Column column) throws InterruptedException {
        return Optional.of(ProfiledNumbers.together(
                of(column.name()).stream().map(ProfiledNumbers::of).toList()));
    }

    @Override
    public Map<String, Categories> categories(Collection<Column> asked) {
        return asked.stream().collect(Collectors.toMap(Column::name, column -> categories(column.name())));
    }

    private Categories categories(String column) {
        List<Categories> parts = new ArrayList<>();
        for (ColumnProfile profile : of(column)) {
            parts.add(ProfileSide.categories(profile));
        }
        Map<String, Long> sums = new HashMap<>();
        parts.forEach(part -> part.counts().forEach((value, count) -> sums.merge(value, count, Long::sum)));
        Map<String, Long> known = new LinkedHashMap<>();
        sums.entrySet().stream()
                .filter(entry -> parts.stream().allMatch(part -> part.knows(entry.getKey())))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return new Categories(known, parts.stream().allMatch(Categories::complete));
    }
}
