package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.ValueLevels;
import io.mlcicd.data.distance.Binning;
import io.mlcicd.drift.AddedNumbers.Figures;
import io.mlcicd.drift.AddedNumbers.Level;
import io.mlcicd.drift.Plan.Planned;
import io.mlcicd.drift.ProfiledNumbers.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numeric columns of sides that have too many rows to be handed over: of few different values all are told with their
 * counts, of others how many are on each of some thousand levels, which are the same on both sides. Between two places of
 * a level nothing is known but the number of values there.
 */
final class LevelledColumns {

    /** Of so many different values on a side each is told. */
    private static final long FEW = 4096;

    /** With the quantiles of both sides as edges, so that there are some five thousand levels. */
    private static final int IN_PIECE = 24;

    private final List<Planned> columns;
    private final Optional<AddedNumbers> reference;
    private final Optional<AddedNumbers> current;
    private final List<Boolean> told = new ArrayList<>();
    private final List<NavigableMap<Double, Level>> referenceLevels;
    private final List<NavigableMap<Double, Level>> currentLevels;

    private LevelledColumns(List<Planned> columns, Optional<AddedNumbers> reference, Optional<AddedNumbers> current)
            throws InterruptedException {
        this.columns = columns;
        this.reference = reference;
        this.current = current;
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            levels.add(levels(i));
        }
        referenceLevels = reference.isPresent() ? reference.get().levels(levels) : List.of();
        currentLevels = current.isPresent() ? current.get().levels(levels) : List.of();
    }

    /** Adds up these columns of the sides that are data. */
    static LevelledColumns of(
            DataEngine engine, Optional<RawSide> reference, Optional<RawSide> current, List<Planned> columns)
            throws InterruptedException {
        return new LevelledColumns(
                columns,
                added(
                        engine,
                        reference,
                        columns.stream().map(Planned::reference).toList()),
                added(engine, current, columns.stream().map(Planned::current).toList()));
    }

    private static Optional<AddedNumbers> added(DataEngine engine, Optional<RawSide> side, List<Column> columns)
            throws InterruptedException {
        return side.isPresent() ? Optional.of(AddedNumbers.of(engine, side.get(), columns)) : Optional.empty();
    }

    private String levels(int column) {
        NavigableSet<Double> edges = new TreeSet<>();
        boolean few = true;
        for (Optional<AddedNumbers> side : List.of(reference, current)) {
            if (side.isPresent()) {
                Figures figures = side.get().figures(column);
                edges.addAll(figures.quantiles());
                few &= figures.distinct() <= FEW;
            }
        }
        told.add(few || edges.size() < 2);
        return told.get(column) ? "v" : new ValueLevels(List.copyOf(edges), IN_PIECE).sql("v");
    }

    /** Whether all values of a column are told. */
    boolean told(int column) {
        return told.get(column);
    }

    /** The values of a side, of which all are told. */
    static CountedNumbers counted(NavigableMap<Double, Level> levels) {
        NavigableMap<Double, Long> counts = new TreeMap<>();
        levels.forEach((value, level) -> counts.put(value, level.count()));
        return new CountedNumbers(counts);
    }

    NavigableMap<Double, Level> ofReference(int column) {
        return referenceLevels.get(column);
    }

    NavigableMap<Double, Level> ofCurrent(int column) {
        return currentLevels.get(column);
    }

    /** Both sides of each column; one that is a profile by what that says. */
    List<Both> both(Side before, Side now) throws InterruptedException {
        List<List<Double>> cuts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            List<Double> deciles = reference.isPresent()
                    ? reference.get().figures(i).deciles()
                    : before.profiled(columns.get(i).reference()).orElseThrow().deciles();
            cuts.add(told(i) ? List.of() : Binning.ofQuantiles(deciles).cuts());
        }
        List<double[]> belowReference = reference.isPresent() ? reference.get().below(cuts) : List.of();
        List<double[]> belowCurrent = current.isPresent() ? current.get().below(cuts) : List.of();
        List<Both> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Planned column = columns.get(i);
            all.add(new Both(
                    reference.isPresent()
                            ? known(
                                    i,
                                    reference.get().figures(i),
                                    referenceLevels.get(i),
                                    cuts.get(i),
                                    belowReference.get(i))
                            : before.profiled(column.reference()).orElseThrow(),
                    current.isPresent()
                            ? known(i, current.get().figures(i), currentLevels.get(i), cuts.get(i), belowCurrent.get(i))
                            : now.profiled(column.current()).orElseThrow()));
        }
        return all;
    }

    /** What is known of a column's two sides. */
    record Both(ProfiledNumbers reference, ProfiledNumbers current) {}

    private ProfiledNumbers known(
            int column, Figures figures, NavigableMap<Double, Level> levels, List<Double> cuts, double[] belowCuts)
            throws InterruptedException {
        if (told(column)) {
            return ProfiledNumbers.of(counted(levels));
        }
        if (figures.count() == 0) {
            return ProfiledNumbers.NONE;
        }
        NavigableMap<Double, Double> shares = new TreeMap<>();
        double count = (double) figures.count();
        double before = 0;
        for (Map.Entry<Double, Level> level : both(column).entrySet()) {
            shares.put(level.getValue().least(), before / count);
            Level own = levels.get(level.getKey());
            before += own == null ? 0 : own.count();
            shares.put(Math.nextUp(level.getValue().greatest()) + 0.0, before / count);
        }
        List<Double> knots = List.copyOf(shares.keySet());
        for (int i = 0; i < cuts.size(); i++) {
            shares.put(cuts.get(i), belowCuts[i] / count);
        }
        return new ProfiledNumbers(
                figures.count(),
                figures.deciles(),
                knots,
                figures.moments(),
                places -> places.stream().map(place -> at(shares, place)).toList());
    }

    /** The levels of both sides, each from the least to the greatest value of either. */
    private NavigableMap<Double, Level> both(int column) {
        NavigableMap<Double, Level> both = new TreeMap<>();
        for (List<NavigableMap<Double, Level>> side : List.of(referenceLevels, currentLevels)) {
            if (!side.isEmpty()) {
                side.get(column)
                        .forEach((key, level) -> both.merge(
                                key,
                                level,
                                (one, other) -> new Level(
                                        one.count() + other.count(),
                                        Math.min(one.least(), other.least()),
                                        Math.max(one.greatest(), other.greatest()))));
            }
        }
        return both;
    }

    private static Known at(NavigableMap<Double, Double> shares, double place) {
        Map.Entry<Double, Double> from = shares.floorEntry(place);
        Map.Entry<Double, Double> to = shares.ceilingEntry(place);
        if (from == null || to == null) {
            double share = from == null ? 0 : 1;
            return new Known(share, share, share);
        }
        double width = to.getKey() - from.getKey();
        double part = width > 0 && Double.isFinite(width) ? (place - from.getKey()) / width : 0;
        double likely = from.getValue() + part * (to.getValue() - from.getValue());
        return new Known(from.getValue(), likely, to.getValue());
    }
}
