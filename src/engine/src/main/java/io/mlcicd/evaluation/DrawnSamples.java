package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.RowHash;
import io.mlcicd.evaluation.Sample.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows to resample where these are too many to be handed over: of codes alone every different row, which stands for all
 * that are equal to it; else rows that are drawn where the data are, each by a hash of its number, or all of some units,
 * each by a hash of its name.
 *
 * <p>A row that stands for others has the weight (sum of squared weights) / (sum of weights), and stands for (sum of
 * weights)² / (sum of squared weights) of them, so that the total of a resample has the mean and the variance that
 * resamples of the rows themselves would have.
 */
final class DrawnSamples {

    /** More different rows than that are drawn from instead, like rows of scores. */
    private static final double MOST_DIFFERENT = 8192;

    private final CodedRows rows;
    private final SampleLayout layout;
    private final Map<Group, List<Item>> items = new HashMap<>();

    /** All rows, or those of a slice. */
    private record Group(int grouping, int value) {}

    /** Rows of a group that are sampled by themselves. */
    private record Stratum(Group group, double code) {}

    private DrawnSamples(CodedRows rows, SampleLayout layout) {
        this.rows = rows;
        this.layout = layout;
    }

    /**
     * Takes samples; of a layout with units, all rows of some units.
     *
     * @param ofCodes whether rows hold codes alone
     * @param mostOfAll how many rows of a stratum are drawn of all rows; {@code mostOfSlice} of a slice
     */
    static DrawnSamples of(
            CodedRows rows, SampleLayout layout, boolean ofCodes, int mostOfAll, int mostOfSlice, long seed)
            throws InterruptedException {
        DrawnSamples samples = new DrawnSamples(rows, layout);
        int codes = Math.max(2, layout.sides().get(0).classes().size());
        boolean labels = rows.rows().columns().actual().size() > 1;
        if (ofCodes && Math.pow(labels ? 2 : codes, layout.expressions().size()) <= MOST_DIFFERENT) {
            samples.takeAll();
        } else {
            samples.draw(mostOfAll, mostOfSlice, seed);
        }
        return samples;
    }

    /** Of all rows. */
    List<Item> whole() {
        return items.getOrDefault(new Group(AddedRows.WHOLE, 0), List.of());
    }

    List<Item> slice(int grouping, int value) {
        return items.getOrDefault(new Group(grouping, value), List.of());
    }

    private void takeAll() throws InterruptedException {
        new AddedRows(rows).scan(layout.expressions(), (grouping, value, row, weight, squares) -> {
            double[] item = new double[row.length + 1];
            System.arraycopy(row, 0, item, 0, row.length);
            item[layout.weight()] = squares / weight;
            add(new Group(grouping, value), new Item(List.of(item), weight * weight / squares));
        });
    }

    private void add(Group group, Item item) {
        items.computeIfAbsent(group, any -> new ArrayList<>()).add(item);
    }

    private void draw(int mostOfAll, int mostOfSlice, long seed) throws InterruptedException {
        Map<Stratum, Double> counts = counts();
        Map<Stratum, Double> chances = new HashMap<>();
        counts.forEach((stratum, count) -> {
            int most = stratum.group().grouping() == AddedRows.WHOLE ? mostOfAll : mostOfSlice;
            chances.put(stratum, Math.min(1, most / count));
        });
        Map<Stratum, Map<Double, List<double[]>>> drawn = new HashMap<>();
        int width = layout.expressions().size();
        int groupings = rows.groups().size();
        rows.engine().scan(query(chances, seed), width + 3 + groupings, found -> {
            double place = found[width + 1];
            double code = found[width + 2];
            double[] row = new double[width + 1];
            System.arraycopy(found, 0, row, 0, width + 1);
            for (int g = AddedRows.WHOLE; g < groupings; g++) {
                int value = g == AddedRows.WHOLE ? 0 : (int) found[width + 3 + g];
                Stratum stratum = new Stratum(new Group(g, value), code);
                if (place < chances.get(stratum)) {
                    Map<Double, List<double[]>> units = drawn.computeIfAbsent(stratum, any -> new LinkedHashMap<>());
                    double unit = layout.unit() < 0 ? units.size() : row[layout.unit()];
                    units.computeIfAbsent(unit, any -> new ArrayList<>()).add(row);
                }
            }
        });
        drawn.forEach((stratum, units) -> {
            double standsFor = counts.get(stratum) / units.size();
            units.values().forEach(some -> add(stratum.group(), new Item(some, standsFor)));
        });
    }

    private String stratum() {
        return layout.stratum() < 0 ? "0" : layout.expressions().get(layout.stratum());
    }

    private Map<Stratum, Double> counts() throws InterruptedException {
        List<String> branches = new ArrayList<>();
        for (int g = AddedRows.WHOLE; g < rows.groups().size(); g++) {
            String value = g == AddedRows.WHOLE ? "0" : rows.groups().get(g).column();
            branches.add(
                    "SELECT CAST(%d AS DOUBLE) AS g, CAST(v AS DOUBLE) AS v, CAST(s AS DOUBLE) AS s, CAST(COUNT(%s) AS DOUBLE) AS n FROM (SELECT %s AS v, %s AS s, %s AS unit FROM %s) AS strata GROUP BY v, s"
                            .formatted(
                                    g,
                                    layout.unit() < 0 ? "*" : "DISTINCT unit",
                                    value,
                                    stratum(),
                                    layout.unit() < 0 ? "0" : unit(),
                                    rows.from()));
        }
        Map<Stratum, Double> counts = new HashMap<>();
        rows.engine()
                .scan(
                        String.join(" UNION ALL ", branches),
                        4,
                        row -> counts.put(new Stratum(new Group((int) row[0], (int) row[1]), row[2]), row[3]));
        return counts;
    }

    private String query(Map<Stratum, Double> chances, long seed) {
        String number = "row_place";
        List<String> inner = new ArrayList<>();
        List<String> outer = new ArrayList<>();
        for (int i = 0; i < layout.expressions().size(); i++) {
            inner.add(layout.expressions().get(i) + " AS e" + i);
            // Of units, which may be texts, few are drawn; numbering them is no work for one worker.
            String told = i == layout.unit() ? "dense_rank() OVER (ORDER BY e" + i + ")" : "e" + i;
            outer.add("CAST(" + told + " AS DOUBLE) AS e" + i);
        }
        inner.add("CAST(weight AS DOUBLE) AS w");
        inner.add(RowHash.sql(number, seed) + " AS u");
        inner.add("CAST(" + stratum() + " AS DOUBLE) AS s");
        inner.add(number);
        outer.addAll(List.of("w", "u", "s"));
        List<String> conditions = new ArrayList<>(List.of(condition(AddedRows.WHOLE, chances)));
        for (SliceGroups group : rows.groups()) {
            inner.add(group.column() + " AS v" + group.index());
            outer.add("CAST(v" + group.index() + " AS DOUBLE) AS v" + group.index());
            conditions.add(condition(group.index(), chances));
        }
        return "SELECT %s FROM (SELECT %s FROM %s) AS placed WHERE %s ORDER BY u, %s"
                .formatted(
                        String.join(", ", outer),
                        String.join(", ", inner),
                        layout.unit() < 0 ? rows.numbered(number) : hashed(number),
                        String.join(" OR ", conditions),
                        number);
    }

    private String unit() {
        return layout.expressions().get(layout.unit());
    }

    /** Rows with a number that all of their unit have. */
    private String hashed(String number) {
        return "(SELECT *, %s AS %s FROM %s) AS hashed"
                .formatted(rows.engine().dialect().hash("CAST(" + unit() + " AS VARCHAR)"), number, rows.from());
    }

    /** Whether a row may be drawn for a grouping, by the chance that rows of its slice and stratum have. */
    private static String condition(int grouping, Map<Stratum, Double> chances) {
        Map<Integer, Map<Double, Double>> ofValues = new TreeMap<>();
        chances.forEach((stratum, chance) -> {
            if (stratum.group().grouping() == grouping) {
                ofValues.computeIfAbsent(stratum.group().value(), any -> new TreeMap<>())
                        .put(stratum.code(), chance);
            }
        });
        String cases = ofValues.entrySet().stream()
                .map(value -> "WHEN %d THEN CASE s %s END"
                        .formatted(
                                value.getKey(),
                                value.getValue().entrySet().stream()
                                        .map(code -> "WHEN %s THEN %s"
                                                .formatted(
                                                        DataEngine.literal(code.getKey()),
                                                        DataEngine.literal(code.getValue())))
                                        .collect(Collectors.joining(" "))))
                .collect(Collectors.joining(" "));
        String value = grouping == AddedRows.WHOLE ? "0" : "v" + grouping;
        return "u < CASE " + value + " " + cases + " END";
    }
}
