package io.mlcicd.evaluation;

import io.mlcicd.evaluation.Measuring.Everything;
import io.mlcicd.evaluation.Measuring.Measured;
import io.mlcicd.evaluation.metric.MetricFamily;
import io.mlcicd.evaluation.metric.TaskMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Samples of all rows and of the slices that are large enough, for the bootstrap. */
final class Sampling {

    /** Beyond this many rows times families, a bootstrap of 1000 resamples would take longer than a second or two. */
    private static final int MOST_OF_ALL = 8192;

    private static final int MOST_OF_SLICE = 2048;
    private static final int LEAST = 256;

    private final CodedRows rows;
    private final TaskMetrics task;
    private final SampleLayout layout;
    private final Sample whole;
    private final List<List<Optional<Sample>>> slices = new ArrayList<>();
    private final Sample[][] byCode;
    private final long seed;
    private final int mostOfAll;
    private final int mostOfSlice;
    private Optional<DrawnSamples> drawn = Optional.empty();
    private boolean read;

    Sampling(CodedRows rows, SampleLayout layout, Confidence confidence, int minSliceSize, TaskMetrics task) {
        this.rows = rows;
        this.task = task;
        this.layout = layout;
        int shares = strata()
                * task.families(layout.sides().get(0)).size()
                * layout.sides().size();
        this.seed = confidence.seed();
        this.mostOfAll = Math.max(LEAST, MOST_OF_ALL / shares);
        this.mostOfSlice = Math.max(LEAST / 2, MOST_OF_SLICE / shares);
        this.whole = new Sample(mostOfAll, seed);
        this.byCode = new Sample[rows.groups().size()][];
        for (int g = 0; g < byCode.length; g++) {
            List<Long> sizes = rows.groups().get(g).sizes();
            byCode[g] = new Sample[sizes.size()];
            List<Optional<Sample>> values = new ArrayList<>();
            for (int v = 0; v < sizes.size(); v++) {
                if (sizes.get(v) >= minSliceSize) {
                    byCode[g][v] = new Sample(mostOfSlice, seed);
                }
                values.add(Optional.ofNullable(byCode[g][v]));
            }
            slices.add(values);
        }
    }

    private int strata() {
        return layout.stratum() < 0
                ? 1
                : Math.max(
                        1, rows.columns(layout.sides().get(0).side()).classes().size());
    }

    /** Whether rows of this family are all that a sample holds, so that one pass serves both. */
    boolean goesAlong(MetricFamily family) {
        return !areDrawn() && layout.expressions().equals(family.expressions());
    }

    /** Whether rows are drawn where the data are. */
    private boolean areDrawn() {
        return rows.areMany();
    }

    /** Says that every row will be added by whoever reads them anyway. */
    void goAlong() {
        read = true;
    }

    /**
     * Adds a row of the layout.
     *
     * @param codes where it has the codes of its slices
     */
    void add(double[] row, int codes) {
        double stratum = layout.stratum() < 0 ? 0 : row[layout.stratum()];
        add(whole, row, stratum);
        for (int g = 0; g < byCode.length; g++) {
            Sample sample = byCode[g][(int) row[codes + g]];
            if (sample != null) {
                add(sample, row, stratum);
            }
        }
    }

    private void add(Sample sample, double[] row, double stratum) {
        if (layout.unit() < 0) {
            sample.add(row, stratum);
        } else {
            sample.addToUnit(row, row[layout.unit()], stratum);
        }
    }

    /** Reads the rows if nobody has added them and a bootstrap needs them. */
    void complete(Everything mine) throws InterruptedException {
        boolean needed = lacks(mine.whole())
                || mine.slices().stream().anyMatch(values -> values.stream().anyMatch(this::lacks));
        if (needed && areDrawn()) {
            boolean ofCodes = layout.sides().stream()
                    .allMatch(side -> task.families(side).stream().allMatch(MetricFamily::ofCodes));
            drawn = Optional.of(DrawnSamples.of(rows, layout, ofCodes, mostOfAll, mostOfSlice, seed));
        } else if (!read && needed) {
            List<Integer> order = layout.unit() < 0 ? List.of() : List.of(layout.unit());
            rows.scan(layout.expressions(), order, row -> add(row, layout.weight() + 1));
            read = true;
        }
    }

    /** Whether a metric's uncertainty could not be calculated, or model and champion are to be compared. */
    private boolean lacks(Measured measured) {
        return layout.sides().size() > 1
                || measured.metrics().keySet().stream()
                        .anyMatch(name -> !measured.uncertainties().containsKey(name)
                                && !task.withoutInterval().contains(name));
    }

    Optional<Resampling> whole(Measured mine) {
        return lacks(mine)
                ? Optional.of(
                        new Resampling(task, drawn.map(DrawnSamples::whole).orElseGet(whole::items), layout))
                : Optional.empty();
    }

    Optional<Resampling> slice(int grouping, int value, Measured mine) {
        return slices.get(grouping)
                .get(value)
                .filter(sample -> lacks(mine))
                .map(sample -> new Resampling(
                        task,
                        drawn.map(samples -> samples.slice(grouping, value)).orElseGet(sample::items),
                        layout));
    }
}
