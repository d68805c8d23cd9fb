package io.mlcicd.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Metrics of predictions of one class out of many, defined as in scikit-learn 1.9 with {@code zero_division=0}; sources
 * stand with the tallies.
 *
 * <p>From classes: {@code accuracy}, {@code balancedAccuracy}, {@code mcc}, {@code cohenKappa} (with {@code .linear} and
 * {@code .quadratic} of whole numbers), and {@code precision}, {@code recall}, {@code specificity}, {@code f1} and {@code
 * f<beta>}, each {@code .macro}, {@code .micro}, {@code .weighted} and {@code .<class>}. From scores: {@code
 * top<k>Accuracy}, {@code rocAuc.<class>}, {@code prAuc.<class>}, {@code prAuc.macro}, {@code rocAuc.ovr} and {@code
 * rocAuc.ovo} (each also {@code .weighted}). From probabilities: {@code logLoss}, {@code brier} and {@code ece}.
 *
 * <p>Without a column of predictions, the class of greatest score is the predicted one, the first of equal ones.
 */
public final class MulticlassMetrics implements TaskMetrics {

    private final MetricOptions options;
    private final boolean probabilities;

    /**
     * Metrics of all predictions of a task.
     *
     * @param probabilities whether all scores are from 0 to 1
     */
    public MulticlassMetrics(MetricOptions options, boolean probabilities) {
        this.options = options;
        this.probabilities = probabilities;
    }

    @Override
    public List<MetricFamily> families(JudgedColumns columns) {
        List<MetricFamily> families = new ArrayList<>();
        families.add(ofClasses(columns));
        if (!columns.scored().isEmpty()) {
            families.add(ofRows(columns));
            boolean[] scored = new boolean[columns.classes().size()];
            columns.scored().forEach(index -> scored[index] = true);
            for (int index : columns.scored()) {
                RankedClass subject = RankedClass.ofClass(columns.classes().get(index), index, scored);
                families.add(MetricFamily.ranked(
                        List.of(columns.score(index), columns.actual()),
                        weight -> new OneVersusRestTally(subject, weight)));
            }
        }
        return families;
    }

    private MetricFamily ofClasses(JudgedColumns columns) {
        List<ClassRatio> ratios = ClassRatio.of(columns.classes(), options.betas());
        Optional<int[]> ranks = OrdinalAgreement.ranks(columns.classes());
        ConfusionTally.Scheme given = new ConfusionTally.Scheme(columns.classes(), ratios, ranks, row -> (int) row[1]);
        MetricFamily ofCodes = MetricFamily.ofCodes(
                List.of(columns.actual(), columns.predictedValue()), weight -> new ConfusionTally(given));
        if (columns.predicted()) {
            return ofCodes;
        }
        int[] scored = columns.scored().stream().mapToInt(Integer::intValue).toArray();
        ConfusionTally.Scheme likely =
                new ConfusionTally.Scheme(columns.classes(), ratios, ranks, row -> mostLikely(row, scored));
        return MetricFamily.unordered(withScores(columns), weight -> new ConfusionTally(likely))
                .orCondensed(ofCodes);
    }

    private static int mostLikely(double[] row, int[] scored) {
        int most = 0;
        for (int j = 1; j < scored.length; j++) {
            if (row[1 + j] > row[1 + most]) {
                most = j;
            }
        }
        return scored[most];
    }

    private static List<String> withScores(JudgedColumns columns) {
        List<String> expressions = new ArrayList<>();
        expressions.add(columns.actual());
        columns.scored().forEach(index -> expressions.add(columns.score(index)));
        return expressions;
    }

    private MetricFamily ofRows(JudgedColumns columns) {
        int[] places = new int[columns.classes().size()];
        IntStream.range(0, columns.scored().size())
                .forEach(i -> places[columns.scored().get(i)] = i + 1);
        ClassScoresTally.Scheme scheme =
                new ClassScoresTally.Scheme(places, columns.scored().size(), options.topK(), probabilities);
        int mostK = options.topK().stream().mapToInt(Integer::intValue).max().orElse(0);
        return MetricFamily.unordered(withScores(columns), weight -> new ClassScoresTally(scheme))
                .orSummed(ClassScoreSums.of(columns, mostK, probabilities));
    }

    /**
     * Adds the means over classes of areas under curves, and takes away the parts of them that tallies put for this: all
     * metrics whose names start with a tilde.
     */
    @Override
    public void derive(JudgedColumns columns, Map<String, Double> metrics) {
        List<String> names =
                columns.scored().stream().map(columns.classes()::get).toList();
        OptionalDouble rocAuc = RankedClass.mean("rocAuc.", names, metrics);
        OptionalDouble prAuc = RankedClass.mean("prAuc.", names, metrics);
        PairMeans.derive(columns, metrics);
        rocAuc.ifPresent(mean -> metrics.put("rocAuc.ovr", mean));
        prAuc.ifPresent(mean -> metrics.put("prAuc.macro", mean));
    }

    @Override
    public void describe(JudgedColumns columns, List<Tally> tallies, Findings findings) {
        for (Tally tally : tallies) {
            if (tally instanceof ConfusionTally confusion) {
                confusion.describe(findings);
            } else if (tally instanceof ClassScoresTally scores) {
                scores.describe(findings);
            }
        }
        RankedClass.describe(tallies, "rocAuc.ovr", findings);
    }
}
