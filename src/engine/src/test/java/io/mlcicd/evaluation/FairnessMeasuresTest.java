package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.EvaluationDetails.Fairness;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.PoissonWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected measures were computed with numpy 2 by the definitions that Fairlearn documents. */
class FairnessMeasuresTest {

    private static final Roles PREDICTED = JudgedFile.roles("y", "p", "", "");

    /** True negatives, false positives, false negatives and true positives of each group. */
    private static final Map<String, int[]> GROUPS = Map.of(
            "a", new int[] {20, 5, 4, 11},
            "b", new int[] {12, 9, 8, 6},
            "c", new int[] {15, 2, 10, 13});

    @TempDir
    Path folder;

    @Test
    void measuresEqualFairlearns() throws Exception {
        EvaluationDraft draft = measure(groups("a", "b", "c"), PREDICTED, 30, MetricOptions.DEFAULT);

        assertThat(EvaluationDraft.values(draft.metrics())).hasSize(6);
        assertMeasure(draft, "demographicParityDifference", 0.05357142857142855);
        assertMeasure(draft, "demographicParityRatio", 0.875);
        assertMeasure(draft, "equalizedOddsDifference", 0.31092436974789917);
        assertMeasure(draft, "equalizedOddsRatio", 0.27450980392156865);
        assertMeasure(draft, "equalOpportunityDifference", 0.30476190476190473);
        assertMeasure(draft, "accuracyDifference", 0.2607142857142858);
        Fairness told = only(draft);
        assertThat(told.groups()).extracting(group -> group.selectionRate()).containsExactly(0.4, 15 / 35.0, 0.375);
        assertThat(told.groups().get(0).truePositiveRate()).hasValue(11 / 15.0);
        assertThat(told.sentence())
                .matches(
                        "by g: the model says yes to 38 % of c, but to 43 % of b \\(95 % interval of the difference: 0 to"
                                + " 0\\.\\d+\\); of the rows that are positive, it finds 43 % of b and 73 % of a; of those that are"
                                + " not, it takes 12 % of c and 43 % of b for positive");
    }

    @Test
    void weightsCountInEveryRate() throws Exception {
        EvaluationDraft draft =
                measure(groups("a", "b", "c"), JudgedFile.roles("y", "p", "", "w"), 30, MetricOptions.DEFAULT);

        assertMeasure(draft, "demographicParityDifference", 0.06810483152077018);
        assertMeasure(draft, "demographicParityRatio", 0.8388185654008439);
        assertMeasure(draft, "equalizedOddsDifference", 0.33766233766233766);
        assertMeasure(draft, "equalizedOddsRatio", 0.21212121212121213);
        assertMeasure(draft, "equalOpportunityDifference", 0.3195402298850574);
        assertMeasure(draft, "accuracyDifference", 0.26510964521305047);
    }

    @Test
    void scoresDecideByTheThreshold() throws Exception {
        MetricOptions threshold =
                new MetricOptions(OptionalDouble.of(0.7), List.of(), List.of(), List.of(), Optional.empty());

        EvaluationDraft draft = measure(groups("a", "b", "c"), JudgedFile.roles("y", "", "s", ""), 30, threshold);

        assertMeasure(draft, "equalizedOddsRatio", 0.27450980392156865);
    }

    @Test
    void smallGroupsAreLeftOutAndOneGroupAloneIsNotCompared() throws Exception {
        EvaluationDraft two = measure(groups("a", "b", "c"), PREDICTED, 36, MetricOptions.DEFAULT);
        EvaluationDraft one = measure(groups("a"), PREDICTED, 30, MetricOptions.DEFAULT);

        assertThat(only(two).groups()).extracting(group -> group.value()).containsExactly("a", "c");
        assertThat(notes(two)).containsExactly("fairness by g leaves out groups of fewer than 36 rows: b");
        assertThat(one.metrics()).isEmpty();
        assertThat(notes(one))
                .containsExactly("fairness by g was not measured: only 'a' has 30 rows or more, and it takes two to be"
                        + " compared");
    }

    @Test
    void aGroupWithoutPositivesIsLeftOutOfWhatIsAskedOfThemAlone() throws Exception {
        StringBuilder csv = new StringBuilder("g,y,p\n");
        for (int i = 0; i < 40; i++) {
            csv.append("a,0,0\nb,%d,%d\nc,%d,%d\n".formatted(i % 2, i % 4 / 2, i % 2, i % 2));
        }

        EvaluationDraft draft = measure(csv.toString(), PREDICTED, 30, MetricOptions.DEFAULT);

        assertMeasure(draft, "equalOpportunityDifference", 0.5);
        assertThat(only(draft).groups().get(0).truePositiveRate()).isEmpty();
        assertThat(notes(draft))
                .containsExactly("fairness by g: a has no positive rows, which true positive rates are of,"
                        + " and is left out of that comparison");
        Estimate zero = draft.metrics().get("fairness.g.demographicParityRatio");
        assertThat(zero.value()).isZero();
        assertThat(zero.uncertainty()).isEmpty();
    }

    @Test
    void groupsOfWhichNoneIsEverTakenForPositiveAreTreatedAlike() throws Exception {
        EvaluationDraft draft =
                measure("g,y,p\n" + "a,0,0\nb,0,0\na,1,0\nb,1,0\n".repeat(30), PREDICTED, 30, MetricOptions.DEFAULT);

        assertMeasure(draft, "demographicParityRatio", 1);
        assertMeasure(draft, "equalizedOddsDifference", 0);
    }

    @Test
    void otherTasksAreToldThatFairnessIsNotForThem() throws Exception {
        try (JudgedFile file = JudgedFile.of(folder, "g,y,p\na,1,2\nb,2,2\n")) {
            EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
            FairnessMeasures.measure(
                    file.rows(Task.REGRESSION, PREDICTED, List.of("g"), List.of()),
                    slicing(1),
                    MetricOptions.DEFAULT,
                    Confidence.DEFAULT,
                    draft);

            assertThat(notes(draft)).singleElement().asString().contains("the task is regression");
        }
    }

    /** Also where there is no difference, which an interval from quantiles of the difference itself never covers. */
    @Test
    void intervalsCoverTheTruth() {
        for (double gap : new double[] {0, 0.2}) {
            Random random = new Random(8);
            int trials = 300;
            int differences = 0;
            int ratios = 0;
            for (int trial = 0; trial < trials; trial++) {
                List<GroupOutcomes> groups = List.of(drawn("a", 0.4, random), drawn("b", 0.4 + gap, random));
                FairnessMeasure.Deviations deviations = new FairnessMeasure.Deviations(groups, 300);
                for (int i = 0; i < 300; i++) {
                    deviations.draw(i, new PoissonWeights(1000L * trial + i));
                }
                differences += covers(FairnessMeasure.DEMOGRAPHIC_PARITY_DIFFERENCE, groups, deviations, gap);
                ratios += covers(FairnessMeasure.DEMOGRAPHIC_PARITY_RATIO, groups, deviations, 0.4 / (0.4 + gap));
            }
            assertThat(differences / (double) trials).isBetween(0.91, 0.99);
            assertThat(ratios / (double) trials).isBetween(0.91, 0.99);
        }
    }

    private static int covers(
            FairnessMeasure measure, List<GroupOutcomes> groups, FairnessMeasure.Deviations deviations, double truth) {
        Interval interval = measure.estimate(measure.of(groups).orElseThrow(), deviations)
                .uncertainty()
                .orElseThrow()
                .interval(0.95);
        return interval.lower() <= truth + 1e-12 && truth - 1e-12 <= interval.upper() ? 1 : 0;
    }

    private static GroupOutcomes drawn(String name, double selected, Random random) {
        double[][] cells = new double[4][2];
        for (int i = 0; i < 120; i++) {
            double[] cell = cells[2 * random.nextInt(2) + (random.nextDouble() < selected ? 1 : 0)];
            cell[0]++;
            cell[1]++;
        }
        return GroupOutcomes.of(name, 120, cells);
    }

    private EvaluationDraft measure(String csv, Roles roles, int minSize, MetricOptions options) throws Exception {
        try (JudgedFile file = JudgedFile.of(folder, csv)) {
            EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
            CodedRows rows = file.rows(Task.BINARY, roles, List.of("g"), List.of());
            FairnessMeasures.measure(rows, slicing(minSize), options, Confidence.DEFAULT, draft);
            return draft;
        }
    }

    private static Slicing slicing(int minSize) {
        return new Slicing(List.of(SliceSpec.of("g")), minSize, List.of("g"), Optional.empty());
    }

    private static String groups(String... names) {
        StringBuilder csv = new StringBuilder("g,y,p,s,w\n");
        int row = 0;
        for (String name : names) {
            for (int outcome = 0; outcome < 4; outcome++) {
                for (int i = 0; i < GROUPS.get(name)[outcome]; i++) {
                    csv.append("%s,%d,%d,%s,%d%n"
                            .formatted(name, outcome / 2, outcome % 2, outcome % 2 == 1 ? 0.7 : 0.69, 1 + row++ % 3));
                }
            }
        }
        return csv.toString();
    }

    private static void assertMeasure(EvaluationDraft draft, String name, double expected) {
        Estimate estimate = draft.metrics().get("fairness.g." + name);
        assertThat(estimate.value()).isCloseTo(expected, within(1e-9));
        assertThat(estimate.uncertainty()).hasValueSatisfying(uncertainty -> {
            assertThat(uncertainty.method()).isEqualTo("bootstrap");
            assertThat(uncertainty.interval(0.95).lower()).isBetween(0.0, expected);
            assertThat(uncertainty.interval(0.95).upper()).isBetween(expected, 1.0);
        });
        assertThat(only(draft).measures().get(name)).isEqualTo(estimate.value());
    }

    private static Fairness only(EvaluationDraft draft) {
        List<Fairness> all =
                draft.finish(Optional.of(Task.BINARY), 1, Optional.empty()).fairness();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<String> notes(EvaluationDraft draft) {
        return draft.finish(Optional.of(Task.BINARY), 1, Optional.empty()).notes();
    }
}
