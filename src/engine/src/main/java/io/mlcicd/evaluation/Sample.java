package io.mlcicd.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows to resample, at most so many of each stratum: all of them while they are few, else one at random of every block of
 * neighbours, which then stands for its block. Blocks double when a stratum is full, so one pass is enough and nobody need
 * know the number of rows. Rows of one unit are kept or left out together.
 */
final class Sample {

    /**
     * Rows that are drawn together.
     *
     * @param rows one row, or all of a unit
     * @param count how many such items it stands for
     */
    record Item(List<double[]> rows, double count) {}

    private final int most;
    private final SplittableRandom random;
    private final Map<Double, Stratum> strata = new LinkedHashMap<>();
    private List<double[]> unit = new ArrayList<>();
    private double unitKey = Double.NaN;
    private double unitStratum;
    private Stratum last;
    private double lastKey = Double.NaN;

    /**
     * An empty sample.
     *
     * @param most items of a stratum at the most, 2 or more
     */
    Sample(int most, long seed) {
        this.most = most;
        this.random = new SplittableRandom(seed);
    }

    /** Adds a row that is a unit of its own; it is copied. */
    void add(double[] row, double stratum) {
        stratum(stratum).add(row);
    }

    /** Adds a row of a unit; rows of one unit come one after the other. */
    void addToUnit(double[] row, double key, double stratum) {
        if (key != unitKey) {
            endUnit();
            unitKey = key;
            unitStratum = stratum;
        }
        unit.add(row.clone());
    }

    /** Neighbours are often of one stratum, and a look into the map costs more than all the rest. */
    private Stratum stratum(double key) {
        if (key != lastKey) {
            last = strata.computeIfAbsent(key, any -> new Stratum());
            lastKey = key;
        }
        return last;
    }

    private void endUnit() {
        if (!unit.isEmpty()) {
            stratum(unitStratum).add(List.copyOf(unit));
            unit = new ArrayList<>();
        }
    }

    /** The items, when all rows have been added. */
    List<Item> items() {
        endUnit();
        List<Item> items = new ArrayList<>();
        strata.values().forEach(stratum -> stratum.addTo(items));
        return items;
    }

    /** Items of one stratum, each of which stands for a block of as many as the stride says. */
    private final class Stratum {

        private List<List<double[]>> kept = new ArrayList<>();
        private long stride = 1;
        private long inBlock;
        private List<double[]> candidate = List.of();

        /** Most rows are passed over, so a row is copied only when it may be kept. */
        void add(double[] row) {
            inBlock++;
            if (isDrawn()) {
                candidate = List.of(row.clone());
            }
            endBlock();
        }

        void add(List<double[]> rows) {
            inBlock++;
            if (isDrawn()) {
                candidate = rows;
            }
            endBlock();
        }

        /** Whether the newest of the block takes the place of the one drawn before, so that each has the same chance. */
        private boolean isDrawn() {
            return inBlock == 1 || random.nextLong(inBlock) == 0;
        }

        private void endBlock() {
            if (inBlock == stride) {
                kept.add(candidate);
                inBlock = 0;
                if (kept.size() == most) {
                    halve();
                }
            }
        }

        private void halve() {
            List<List<double[]>> half = new ArrayList<>(most);
            for (int i = 0; i + 1 < kept.size(); i += 2) {
                half.add(kept.get(i + random.nextInt(2)));
            }
            boolean odd = kept.size() % 2 == 1;
            if (odd) {
                candidate = kept.get(kept.size() - 1);
                inBlock = stride;
            }
            kept = half;
            stride *= 2;
        }

        void addTo(List<Item> items) {
            kept.forEach(rows -> items.add(new Item(rows, stride)));
            if (inBlock > 0) {
                items.add(new Item(candidate, inBlock));
            }
        }
    }
}
