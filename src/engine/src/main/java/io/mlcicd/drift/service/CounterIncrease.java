package io.mlcicd.drift.service;

import io.mlcicd.drift.service.Exposition.Sample;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much counters have grown between two scrapes. A counter that fell began again at 0, because the process was
 * restarted, and then has grown by its value; so has one that was not there before. The parts of one histogram begin again
 * together.
 *
 * <p>Source: Prometheus documentation, "Query functions", {@code increase()}, without its extrapolation, for scrapes are
 * the very ends here.
 */
final class CounterIncrease {

    private static final double SAME_START_SECONDS = 1;

    private final Exposition now;
    private final Map<String, Double> before;
    private final boolean restarted;
    private final Set<String> begunAgain;

    /**
     * @param now the later scrape
     * @param before the earlier one
     * @param started when the process started that answered the later one, in seconds since 1970; NaN when unknown
     */
    CounterIncrease(Exposition now, Scrape before, double started) {
        this.now = now;
        this.before = before.counters();
        this.restarted =
                before.started().isPresent() && started - before.started().getAsDouble() > SAME_START_SECONDS;
        this.begunAgain = now.samples().stream()
                .filter(sample -> sample.value() < this.before.getOrDefault(key(sample), Double.NEGATIVE_INFINITY))
                .map(CounterIncrease::whole)
                .collect(Collectors.toSet());
    }

    /** Whether a counter began again in between. */
    boolean hasResets() {
        return restarted || !begunAgain.isEmpty();
    }

    /** The growth of all these series together. */
    double of(List<SeriesSelector> selectors) {
        Map<String, Sample> series = new HashMap<>();
        for (SeriesSelector selector : selectors) {
            now.of(selector).forEach(sample -> series.put(key(sample), sample));
        }
        return series.values().stream()
                .filter(sample -> Double.isFinite(sample.value()))
                .mapToDouble(this::grown)
                .sum();
    }

    /**
     * The growth of the cumulative buckets of all series of a histogram together, by upper bound; of bounds that not all of
     * them have, the finer ones are left out.
     */
    Map<Double, Double> buckets(SeriesSelector histogram) {
        Map<Map<String, String>, List<Sample>> series =
                now.of(histogram.withName(histogram.name() + "_bucket")).stream()
                        .collect(Collectors.groupingBy(CounterIncrease::withoutBound));
        Map<Double, Double> sums = new TreeMap<>();
        Map<Double, Integer> having = new HashMap<>();
        series.values().forEach(buckets -> {
            Map<Double, Double> grown = new LinkedHashMap<>();
            buckets.forEach(bucket -> HistogramQuantile.bound(bucket.labels().getOrDefault("le", ""))
                    .ifPresent(bound -> grown.put(bound, grown(bucket))));
            grown.forEach((bound, growth) -> {
                sums.merge(bound, growth, Double::sum);
                having.merge(bound, 1, Integer::sum);
            });
        });
        sums.keySet().removeIf(bound -> having.get(bound) < series.size());
        return sums;
    }

    private static Map<String, String> withoutBound(Sample sample) {
        Map<String, String> labels = new HashMap<>(sample.labels());
        labels.remove("le");
        return labels;
    }

    private double grown(Sample sample) {
        return restarted || begunAgain.contains(whole(sample))
                ? sample.value()
                : sample.value() - before.getOrDefault(key(sample), 0.0);
    }

    /** What a sample is a part of: a histogram's or summary's series, or else its own. */
    private static String whole(Sample sample) {
        String family = sample.name().replaceFirst("_(bucket|sum|count)$", "");
        return key(new Sample(family, withoutBound(sample), 0));
    }

    /** A series by its name and its labels, in one form whatever the order in which they were told. */
    static String key(Sample sample) {
        return sample.name()
                + new TreeMap<>(sample.labels())
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\""
                                        + label.getValue()
                                                .replace("\\", "\\\\")
                                                .replace("\"", "\\\"")
                                                .replace("\n", "\\n")
                                        + '"')
                                .collect(Collectors.joining(",", "{", "}"));
    }
}
