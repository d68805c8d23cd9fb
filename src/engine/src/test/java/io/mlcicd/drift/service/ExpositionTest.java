package io.mlcicd.drift.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.drift.service.Exposition.Sample;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void bothTextFormatsAreRead() {
        Exposition read = parse("""
                # HELP http_requests_total Requests, with a "quote".
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total { method = "post" , code = "500", } 3
                \tmsdos_file{path="C:\\\\DIR\\\\F.TXT",error="Cannot \\"open\\"\\nF} # x"} 1.458255915e9
                without_labels 12.47e-3
                weird{problem="division by zero"} +Inf -3982045
                nothing NaN
                # TYPE rpc histogram
                rpc_bucket{le="0.5"} 129389 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
                rpc_bucket{le="+Inf"} 144320
                rpc_sum 53423
                rpc_count 144320
                {"my.metric",label="v"} 4
                # EOF
                """);

        assertThat(read.samples()).hasSize(11);
        assertThat(read.samples().get(1))
                .isEqualTo(sample("http_requests_total", Map.of("method", "post", "code", "500"), 3));
        assertThat(read.samples().get(2).labels())
                .containsEntry("path", "C:\\DIR\\F.TXT")
                .containsEntry("error", "Cannot \"open\"\nF} # x");
        assertThat(read.samples().get(4).value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read.samples().get(5).value()).isNaN();
        assertThat(read.samples().get(6)).isEqualTo(sample("rpc_bucket", Map.of("le", "0.5"), 129389));
        assertThat(read.samples().get(10)).isEqualTo(sample("my.metric", Map.of("label", "v"), 4));
        assertThat(read.types()).containsEntry("rpc", "histogram").containsEntry("http_requests_total", "counter");
        assertThat(read.names()).contains("rpc", "nothing").doesNotContain("rpc_bucket", "rpc_sum");
    }

    @Test
    void whatIsNoMetricsIsRefusedWithItsLine() {
        assertRefused("a 1\nb{c=\"d} 2\n", "line 2 has a text without its closing quote");
        assertRefused("a{b=\"c\" 1\n", "labels that no comma separates");
        assertRefused("a{b=\"c\"\n", "line 1");
        assertRefused("a{b} 1\n", "a label 'b' without a value");
        assertRefused("a{b=\"1\",b=\"2\"} 1\n", "the label 'b' twice");
        assertRefused("a one\n", "'one' where a number must be");
        assertRefused("a\n", "has no value");
        assertRefused("a 1 2 3\n", "goes on after its value");
        assertRefused("\n\n", "has no metrics");
        assertThat(parse("# EOF\n").samples()).isEmpty();
        assertRefused("  <!DOCTYPE html><html>", "is a web page, not metrics");
        assertRefused("{\"status\":\"UP\"}", "is JSON");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("http://here")
                .hasMessageContaining(message);
    }

    @Test
    void selectorsAreThoseOfPromQl() {
        SeriesSelector selector =
                SeriesSelector.parse("requests_total{code=~\"5..\", method!='get', path!~\"/h.*\", x=\"\"}");

        assertThat(selector.matches(Map.of("code", "503"))).isTrue();
        assertThat(selector.matches(Map.of("code", "5030"))).isFalse();
        assertThat(selector.matches(Map.of("code", "503", "method", "get"))).isFalse();
        assertThat(selector.matches(Map.of("code", "503", "path", "/health"))).isFalse();
        assertThat(selector.matches(Map.of("code", "503", "x", "y"))).isFalse();
        assertThat(SeriesSelector.parse(selector.toString())).isEqualTo(selector);
        assertThat(SeriesSelector.parse(" up ")).isEqualTo(SeriesSelector.ofName("up"));
        for (String wrong : List.of("", "5xx", "a{b}", "a{b=c}", "a{b=\"c\"", "a{b=\"c\"} > 0", "rate(a[5m])")) {
            assertThatThrownBy(() -> SeriesSelector.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("selects no metric");
        }
        assertThatThrownBy(() -> SeriesSelector.parse("a{b=~\"(\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no regular expression");
    }

    /** Computed in Python 3 by the rule that Prometheus documents for {@code histogram_quantile}. */
    @Test
    void quantilesOfHistogramsArePromQls() {
        HistogramQuantile histogram = histogram(
                new double[] {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
                new double[] {12, 30, 75, 140, 210, 290, 330, 348, 355, 358, 359, 360});

        assertPercentile(histogram, 0.5, 78.57142857142857, 50, 100);
        assertPercentile(histogram, 0.9, 462.5, 250, 500);
        assertPercentile(histogram, 0.95, 833.3333333333333, 500, 1000);
        assertPercentile(histogram, 0.99, 3666.6666666666474, 2500, 5000);
        assertPercentile(histogram, 0.01, 1.5, 0, 5);
        Percentile beyond = histogram.percentile("p", 0.999, LatencyUnit.SECONDS);
        assertThat(beyond.millis()).isEqualTo(10_000);
        assertThat(beyond.upper()).isEmpty();
    }

    /** What Prometheus 2.42.0 answered to {@code histogram_quantile} over these very buckets, which it had scraped. */
    @Test
    void quantilesOfHistogramsAreThoseOfAPrometheusServer() {
        HistogramQuantile histogram = histogram(
                new double[] {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
                new double[] {4, 26, 94, 169, 256, 329, 348, 349, 350, 350, 350, 350});

        assertPercentile(histogram, 0.5, 53.44827586206897, 50, 100);
        assertPercentile(histogram, 0.95, 296.0526315789474, 250, 500);
    }

    @Test
    void bucketsAtTheEdgesAreAsInPromQl() {
        HistogramQuantile negative = histogram(new double[] {-2, 0, 4}, new double[] {4, 4, 8, 8});
        assertThat(negative.percentile("p", 0.25, LatencyUnit.MILLISECONDS).millis())
                .isEqualTo(-2);
        assertThat(negative.percentile("p", 0.75, LatencyUnit.MILLISECONDS).millis())
                .isEqualTo(2);
        HistogramQuantile falling = histogram(new double[] {1, 2, 3}, new double[] {5, 4, 9, 9});
        assertThat(falling.percentile("p", 0.9, LatencyUnit.MILLISECONDS).millis())
                .isCloseTo(2.775, within(1e-12));
        assertThat(new HistogramQuantile(Map.of()).isEmpty()).isTrue();
        assertThat(new HistogramQuantile(Map.of(1.0, 3.0)).isUsable()).isFalse();
        assertThat(new HistogramQuantile(Map.of(1.0, 0.0, Double.POSITIVE_INFINITY, 0.0)).isUsable())
                .isFalse();
    }

    @Test
    void countersThatBeganAgainGrewByTheirValue() {
        Exposition now = parse(
                "requests_total{code=\"200\"} 150\nrequests_total{code=\"500\"} 7\nrequests_total{code=\"404\"} 5\n");
        List<SeriesSelector> all = List.of(SeriesSelector.ofName("requests_total"));
        Scrape before = scrape(Map.of("requests_total{code=\"200\"}", 100.0, "requests_total{code=\"500\"}", 9.0));

        CounterIncrease increase = new CounterIncrease(now, before, Double.NaN);

        assertThat(increase.of(all)).isEqualTo(50 + 7 + 5);
        assertThat(increase.hasResets()).isTrue();
        CounterIncrease restarted = new CounterIncrease(now, before, 2000);
        assertThat(restarted.of(all)).isEqualTo(150 + 7 + 5);
        assertThat(restarted.hasResets()).isTrue();
        CounterIncrease steady = new CounterIncrease(now, scrape(Map.of("requests_total{code=\"200\"}", 100.0)), 1000);
        assertThat(steady.of(all)).isEqualTo(62);
        assertThat(steady.hasResets()).isFalse();
    }

    @Test
    void histogramsOfDifferentBucketsAreAddedWhereTheyAgree() {
        Exposition now = parse("""
                h_bucket{path="/a",le="1"} 10
                h_bucket{path="/a",le="2.0"} 20
                h_bucket{path="/a",le="+Inf"} 30
                h_bucket{path="/b",le="2"} 5
                h_bucket{path="/b",le="3"} 6
                h_bucket{path="/b",le="+Inf"} 7
                """);
        Scrape before = scrape(Map.of("h_bucket{le=\"2\",path=\"/b\"}", 1.0, "h_bucket{le=\"+Inf\",path=\"/b\"}", 8.0));

        Map<Double, Double> grown = new CounterIncrease(now, before, Double.NaN).buckets(SeriesSelector.ofName("h"));

        // The second histogram began again, as its last bucket tells; so did all of its buckets.
        assertThat(grown).containsExactlyInAnyOrderEntriesOf(Map.of(2.0, 25.0, Double.POSITIVE_INFINITY, 37.0));
    }

    private static Scrape scrape(Map<String, Double> counters) {
        return new Scrape(Instant.EPOCH, "http://here", OptionalDouble.of(1000), List.of(), counters);
    }

    private static void assertPercentile(
            HistogramQuantile histogram, double level, double millis, double lower, double upper) {
        Percentile percentile = histogram.percentile("p", level, LatencyUnit.SECONDS);
        assertThat(percentile.millis()).isCloseTo(millis, within(1e-9));
        assertThat(percentile.lower()).isCloseTo(lower, within(1e-9));
        assertThat(percentile.upper().getAsDouble()).isCloseTo(upper, within(1e-9));
    }

    private static HistogramQuantile histogram(double[] bounds, double[] counts) {
        Map<Double, Double> buckets = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            buckets.put(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, counts[i]);
        }
        return new HistogramQuantile(buckets);
    }

    private static Sample sample(String name, Map<String, String> labels, double value) {
        return new Sample(name, labels, value);
    }

    private static Exposition parse(String text) {
        return ExpositionParser.parse(text, "http://here");
    }
}
