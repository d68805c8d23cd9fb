package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.distance.Binning;
import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import io.mlcicd.drift.PooledOrder.Tied;
import io.mlcicd.drift.ProfiledNumbers.Known;
import io.mlcicd.drift.ShareBounds.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares numeric columns of two sides. */
final class NumericComparison {

    /** Keeps statements short enough for any engine. */
    private static final int COLUMNS_AT_ONCE = 50;

    private final DataEngine engine;
    private final Side reference;
    private final Side current;
    private final long referenceRows;
    private final long currentRows;

    NumericComparison(DataEngine engine, Side reference, Side current, long referenceRows, long currentRows) {
        this.engine = engine;
        this.reference = reference;
        this.current = current;
        this.referenceRows = referenceRows;
        this.currentRows = currentRows;
    }

    /**
     * The comparisons, in the order of the columns.
     *
     * @param inBlock how many numbers may be held at a time
     */
    List<Comparison> of(List<Planned> columns, long inBlock) throws InterruptedException {
        long most = Math.max(
                reference instanceof RawSide ? referenceRows : 0, current instanceof RawSide ? currentRows : 0);
        if (most > engine.mostHandedOver()) {
            return ofMany(columns);
        }
        return new NumberReader(engine, reference, current, referenceRows, currentRows, inBlock)
                .read(columns, this::compare);
    }

    private List<Comparison> ofMany(List<Planned> columns) throws InterruptedException {
        List<Comparison> comparisons = new ArrayList<>();
        for (int first = 0; first < columns.size(); first += COLUMNS_AT_ONCE) {
            List<Planned> some = columns.subList(first, Math.min(columns.size(), first + COLUMNS_AT_ONCE));
            LevelledColumns levelled =
                    LevelledColumns.of(engine, NumberReader.raw(reference), NumberReader.raw(current), some);
            List<LevelledColumns.Both> both = levelled.both(reference, current);
            boolean ofData = reference instanceof RawSide && current instanceof RawSide;
            for (int i = 0; i < some.size(); i++) {
                comparisons.add(
                        ofData && levelled.told(i)
                                ? ofData(
                                        some.get(i),
                                        LevelledColumns.counted(levelled.ofReference(i)),
                                        LevelledColumns.counted(levelled.ofCurrent(i)))
                                : ofProfiles(
                                        some.get(i),
                                        both.get(i).reference(),
                                        both.get(i).current()));
            }
        }
        return comparisons;
    }

    private Comparison compare(Planned column, Optional<OrderedNumbers> before, Optional<OrderedNumbers> now)
            throws InterruptedException {
        return before.isPresent() && now.isPresent()
                ? ofData(column, before.get(), now.get())
                : ofProfiles(
                        column, known(reference, column.reference(), before), known(current, column.current(), now));
    }

    private static ProfiledNumbers known(Side side, Column column, Optional<OrderedNumbers> values)
            throws InterruptedException {
        Optional<ProfiledNumbers> profiled = side.profiled(column);
        return profiled.isPresent() ? profiled.get() : ProfiledNumbers.of(values.orElseThrow());
    }

    private Comparison ofData(Planned column, OrderedNumbers before, OrderedNumbers now) throws InterruptedException {
        List<Double> deciles = before.deciles();
        Binning binning = Binning.ofQuantiles(deciles);
        List<Cell> cells = cells(
                column, binning, before.below(binning.cuts()), before.count(), now.below(binning.cuts()), now.count());
        Rows referenceCount = new Rows(referenceRows, before.count());
        Rows currentCount = new Rows(currentRows, now.count());
        Contingency contingency = Contingency.of(cells, referenceCount, currentCount);
        Map<String, Double> distances = contingency.distances();
        Optional<Contingency> table = Optional.empty();
        if (before.count() > 0 && now.count() > 0) {
            PooledOrder walk = new PooledOrder(
                    before.count(), now.count(), deciles.get(deciles.size() / 2), greatest(deciles, now.deciles()));
            if (before instanceof SortedNumbers one && now instanceof SortedNumbers other) {
                SortedNumbers.merge(one, other, walk);
            } else if (before instanceof CountedNumbers one && now instanceof CountedNumbers other) {
                CountedNumbers.merge(one, other, walk);
            } else {
                StreamedNumbers.merge((StreamedNumbers) before, (StreamedNumbers) now, walk);
            }
            distances.putAll(walk.measures());
            table = Optional.of(walk.values())
                    .filter(values -> !values.isEmpty())
                    .map(values -> Contingency.of(
                            values.stream().map(value -> cell(column, value)).toList(),
                            new Rows(before.count(), before.count()),
                            new Rows(now.count(), now.count())));
        } else {
            distances.putAll(
                    KolmogorovSmirnov.of(0, before.count(), now.count()).measures());
        }
        table.ifPresent(some -> distances.putAll(some.tests()));
        return new Comparison(
                column,
                ColumnKind.NUMERIC,
                contingency,
                table,
                referenceCount,
                currentCount,
                new Distances(distances),
                false,
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private Comparison ofProfiles(Planned column, ProfiledNumbers before, ProfiledNumbers now)
            throws InterruptedException {
        Binning binning = Binning.ofQuantiles(before.deciles());
        TreeSet<Double> knots = new TreeSet<>(binning.cuts());
        knots.addAll(before.knots());
        knots.addAll(now.knots());
        List<Double> places = List.copyOf(knots);
        List<Known> ofReference = before.below().at(places);
        List<Known> ofCurrent = now.below().at(places);
        List<Known> referenceAtCuts = atCuts(binning, places, ofReference);
        List<Known> currentAtCuts = atCuts(binning, places, ofCurrent);
        List<Cell> cells = cells(
                column,
                binning,
                likely(referenceAtCuts, before.count()),
                before.count(),
                likely(currentAtCuts, now.count()),
                now.count());
        Rows referenceCount = new Rows(referenceRows, before.count());
        Rows currentCount = new Rows(currentRows, now.count());
        Contingency contingency = Contingency.of(cells, referenceCount, currentCount);
        Map<String, Double> distances = contingency.distances();
        Map<String, Double> errors = new HashMap<>(
                ShareBounds.errors(bounds(referenceAtCuts, referenceCount, currentAtCuts, currentCount), distances));
        if (before.count() > 0 && now.count() > 0) {
            ProfiledOrder order = new ProfiledOrder(places, before, now, ofReference, ofCurrent);
            distances.putAll(order.measures());
            errors.putAll(order.errors());
        } else {
            distances.putAll(
                    KolmogorovSmirnov.of(0, before.count(), now.count()).measures());
        }
        return new Comparison(
                column,
                ColumnKind.NUMERIC,
                contingency,
                Optional.empty(),
                referenceCount,
                currentCount,
                new Distances(distances),
                !errors.isEmpty(),
                errors,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static double greatest(List<Double> one, List<Double> other) {
        return Math.max(
                Math.max(Math.abs(one.get(0)), Math.abs(one.get(one.size() - 1))),
                Math.max(Math.abs(other.get(0)), Math.abs(other.get(other.size() - 1))));
    }

    private static List<Known> atCuts(Binning binning, List<Double> places, List<Known> shares) {
        return binning.cuts().stream()
                .map(cut -> shares.get(places.indexOf(cut)))
                .toList();
    }

    private static double[] likely(List<Known> shares, long count) {
        return shares.stream().mapToDouble(share -> share.likely() * count).toArray();
    }

    /** Of each bin, and of missing values last. */
    private static List<Bounds> bounds(List<Known> before, Rows reference, List<Known> now, Rows current) {
        Known start = new Known(0, 0, 0);
        Known end = new Known(1, 1, 1);
        double ofReference = (double) reference.values() / reference.total();
        double ofCurrent = (double) current.values() / current.total();
        List<Bounds> bounds = new ArrayList<>();
        for (int i = 0; i <= before.size(); i++) {
            Known fromReference = i == 0 ? start : before.get(i - 1);
            Known toReference = i == before.size() ? end : before.get(i);
            Known fromCurrent = i == 0 ? start : now.get(i - 1);
            Known toCurrent = i == now.size() ? end : now.get(i);
            bounds.add(new Bounds(
                    Math.max(0, toReference.low() - fromReference.high()) * ofReference,
                    (toReference.high() - fromReference.low()) * ofReference,
                    Math.max(0, toCurrent.low() - fromCurrent.high()) * ofCurrent,
                    (toCurrent.high() - fromCurrent.low()) * ofCurrent));
        }
        bounds.add(new Bounds(
                reference.missingShare(), reference.missingShare(), current.missingShare(), current.missingShare()));
        return bounds;
    }

    private static List<Cell> cells(
            Planned column, Binning binning, double[] before, long beforeCount, double[] now, long nowCount) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < binning.size(); i++) {
            String label = Wording.label(binning.from(i), binning.to(i), isTime(column));
            cells.add(
                    new Cell(label, binning.from(i), binning.to(i), in(before, i, beforeCount), in(now, i, nowCount)));
        }
        return cells;
    }

    private static double in(double[] below, int bin, long count) {
        double end = bin == below.length ? count : below[bin];
        return end - (bin == 0 ? 0 : below[bin - 1]);
    }

    private static Cell cell(Planned column, Tied value) {
        return Cell.category(Wording.label(value.value(), isTime(column)), value.reference(), value.current());
    }

    private static boolean isTime(Planned column) {
        return column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP;
    }
}
