package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.Sample.expect;
import static io.mlcicd.evaluation.metric.Sample.expectSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * Expected values are the means over queries of scikit-learn 1.9.1's {@code ndcg_score} and {@code average_precision_score};
 * of the expectations over orders of tied documents by the hypergeometric distribution (Python's {@code math.comb}), which
 * were checked by going through all orders of a small case.
 */
class RankingMetricsTest {

    private static final JudgedColumns COLUMNS = new JudgedColumns(Side.MODEL, List.of(), List.of(), false, List.of());

    /** Rows of query, score and relevance; scores tie, some queries have no relevant document. */
    private static Sample searches() {
        Lcg random = new Lcg(5);
        Sample sample = Sample.empty();
        for (int query = 0; query < 40; query++) {
            int documents = 2 + (int) Math.floor(14 * random.next());
            double[][] rows = new double[documents][];
            for (int i = 0; i < documents; i++) {
                rows[i] = new double[] {
                    query, Math.floor(6 * random.next()), Math.max(0, Math.floor(5 * random.next()) - 2)
                };
            }
            double weight = 1 + Math.floor(3 * random.next());
            for (double[] row : rows) {
                sample.add(weight, row);
            }
        }
        return sample;
    }

    private static MetricFamily family(Integer... cutoffs) {
        MetricOptions options =
                new MetricOptions(OptionalDouble.empty(), List.of(), List.of(), List.of(cutoffs), Optional.empty());
        return new RankingMetrics(options).families(COLUMNS).get(0);
    }

    @Test
    void equalsScikitLearn() {
        expect(
                searches().unweighted().metrics(family(10, 1, 3, 3)),
                "queries",
                40.0,
                "ndcg",
                0.6919748526164096,
                "map",
                0.5457248438498439,
                "mrr",
                0.6428464178464178,
                "ndcg@1",
                0.36936936936936937,
                "precision@1",
                0.42342342342342343,
                "recall@1",
                0.11874731874731874,
                "hitRate@1",
                0.42342342342342343,
                "ndcg@3",
                0.44097755742405287,
                "precision@3",
                0.4537537537537538,
                "recall@3",
                0.3750697125697125,
                "hitRate@3",
                0.8513513513513513,
                "ndcg@10",
                0.6529611593327758,
                "precision@10",
                0.38666666666666666,
                "recall@10",
                0.9130845130845131,
                "hitRate@10",
                1.0);
    }

    @Test
    void weighsQueries() {
        expect(
                searches().metrics(family(1, 3, 10)),
                "queries",
                40.0,
                "ndcg",
                0.6788652222138186,
                "map",
                0.5389002154666711,
                "mrr",
                0.6249899537874221,
                "ndcg@1",
                0.32489451476793246,
                "precision@1",
                0.3881856540084388,
                "recall@1",
                0.10368193690978501,
                "hitRate@1",
                0.38818565400843885,
                "ndcg@3",
                0.4175492735955846,
                "precision@3",
                0.4478199718706048,
                "recall@3",
                0.3635096443640747,
                "hitRate@3",
                0.858649789029536,
                "ndcg@10",
                0.644866314593902,
                "precision@10",
                0.38949367088607595,
                "recall@10",
                0.9252561784207353,
                "hitRate@10",
                1.0);
    }

    @Test
    void takesTheMeanOverTheOrdersOfTiedDocuments() {
        Sample tied = Sample.empty()
                .add(1, 7, 2, 0)
                .add(1, 7, 1, 0)
                .add(1, 7, 1, 2)
                .add(1, 7, 1, 0)
                .add(1, 7, 1, 1)
                .add(1, 7, 0, 1);
        expect(
                tied.metrics(family(3)),
                "queries",
                1.0,
                "ndcg",
                0.5805149490161132,
                "map",
                0.43333333333333335,
                "mrr",
                0.40277777777777773,
                "ndcg@3",
                0.27090908514030143,
                "precision@3",
                1 / 3.0,
                "recall@3",
                1 / 3.0,
                "hitRate@3",
                0.8333333333333334);
    }

    @Test
    void countsMissingDocumentsAgainstPrecision() {
        Sample few = Sample.empty().add(1, 1, 0.9, 1).add(1, 1, 0.8, 1);
        assertThat(few.metrics(family(5)))
                .containsEntry("precision@5", 0.4)
                .containsEntry("recall@5", 1.0)
                .containsEntry("ndcg@5", 1.0)
                .containsEntry("map", 1.0);
    }

    @Test
    void leavesOutQueriesWithoutRelevantDocument() {
        Sample sample = Sample.empty()
                .add(1, 1, 0.9, 0)
                .add(1, 1, 0.8, 0)
                .add(1, 2, 0.9, 0)
                .add(1, 2, 0.8, 1)
                .add(1, 3, 0.5, 0);
        assertThat(sample.metrics(family(1)))
                .containsEntry("queries", 3.0)
                .containsEntry("mrr", 0.5)
                .containsEntry("precision@1", 0.0);
        Shown shown = new Shown();
        new RankingMetrics(MetricOptions.DEFAULT).describe(COLUMNS, List.of(sample.tally(family(1))), shown);
        assertThat(shown.notes).containsExactly("2 of 3 queries have no relevant document; the metrics leave them out");
        expect(Sample.empty().add(1, 1, 1, 0).metrics(family(1)), "queries", 1.0);
    }

    @Test
    void refusesNegativeRelevance() {
        Sample sample = Sample.empty().add(1, 1, 0.5, -1);
        assertThatThrownBy(() -> sample.metrics(family(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("0 or more, but one is -1.0");
    }

    @Test
    void doesNotDependOnOrderOrScaleOfWeights() {
        Map<String, Double> metrics = searches().metrics(family(2, 5));
        for (int seed = 0; seed < 5; seed++) {
            expectSame(searches().shuffled(seed).metrics(family(2, 5)), metrics);
        }
        expectSame(searches().scaled(0.1).metrics(family(2, 5)), metrics);
        Sample risingScores = searches().values(row -> new double[] {row[0], Math.exp(row[1]) - 3, row[2]});
        expectSame(risingScores.metrics(family(2, 5)), metrics);
    }

    @Test
    void countsAQueryOfTwiceTheWeightAsTwoQueries() {
        Sample twice = Sample.empty();
        for (Sample.Row row : searches().rows()) {
            for (int i = 0; i < row.weight(); i++) {
                twice.add(1, row.values()[0] + 100 * i, row.values()[1], row.values()[2]);
            }
        }
        Map<String, Double> expected = new HashMap<>(searches().metrics(family(2, 5)));
        Map<String, Double> metrics = new HashMap<>(twice.metrics(family(2, 5)));
        assertThat(metrics.remove("queries")).isGreaterThan(expected.remove("queries"));
        expectSame(metrics, expected);
    }

    @Test
    void ranksManyDocuments() {
        Sample perfect = Sample.empty();
        for (int i = 0; i < 5000; i++) {
            perfect.add(1, 1, i, i);
        }
        assertThat(perfect.metrics(family(10)))
                .containsEntry("ndcg", 1.0)
                .containsEntry("ndcg@10", 1.0)
                .containsEntry("mrr", 1.0);
    }

    @Test
    void tellsTheErrorOfMeansAsStatsmodels() {
        Map<String, Uncertainty> uncertainties = searches().unweighted().uncertainties(family(3));
        Interval interval = uncertainties.get("ndcg").interval(0.95);
        assertThat(interval.lower()).isCloseTo(0.6363753330490753, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.7475743721837438, within(1e-9));
        assertThat(uncertainties)
                .containsOnlyKeys("ndcg", "map", "mrr", "ndcg@3", "precision@3", "recall@3", "hitRate@3");
        assertThat(uncertainties.get("hitRate@3").method()).isEqualTo("wilson");
    }
}
