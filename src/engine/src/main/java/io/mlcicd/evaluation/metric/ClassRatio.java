package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ratio of one class's counts, such as precision, 0 to 1 and 0 where its divisor is 0: of each class ({@code
 * precision.<class>}), its mean over classes ({@code .macro}), its mean by their support ({@code .weighted}), and that of
 * all classes' counts together ({@code .micro}). Precision, recall and F-beta equal scikit-learn 1.9's {@code
 * precision_recall_fscore_support(zero_division=0)} with the average of that name (C. J. van Rijsbergen, Information
 * Retrieval, 1979); specificity is the recall of "any other class". Names are made once, as each resample of a bootstrap
 * asks for them.
 */
final class ClassRatio {

    /** Of the rows predicted to be of the class, the share that is. */
    static final Formula PRECISION = (right, support, predicted, total) -> ClassCounts.share(right, predicted);

    /** Of the rows of the class, the share that was found. */
    static final Formula RECALL = (right, support, predicted, total) -> ClassCounts.share(right, support);

    /** Of the rows of other classes, the share that was not taken for this one. */
    static final Formula SPECIFICITY = (right, support, predicted, total) ->
            ClassCounts.share((total - support) - (predicted - right), total - support);

    static final Formula F1 = f(1);

    private static final Formula ACCURACY = (right, support, predicted, total) ->
            ClassCounts.share(total - (support - right) - (predicted - right), total);

    private final String name;
    private final String[] names;
    private final Formula formula;
    private final Size size;

    /** The ratio, by the weights of rows that are right, of the class, predicted to be of it, and all. */
    interface Formula {
        double of(double right, double support, double predicted, double total);

        default double of(ClassCounts counts, int index) {
            return of(counts.right(index), counts.support(index), counts.predicted(index), counts.total());
        }
    }

    /** The effective number of rows in the divisor; NaN where that does not count rows. */
    private interface Size {
        double of(ClassCounts counts, int index);
    }

    private ClassRatio(String name, List<String> classes, Formula formula, Size size) {
        this.name = name;
        this.names = classes.stream().map(text -> name + "." + text).toArray(String[]::new);
        this.formula = formula;
        this.size = size;
    }

    /** Precision, recall, specificity, F1 and the F-beta of those betas. */
    static List<ClassRatio> of(List<String> classes, List<Double> betas) {
        List<ClassRatio> ratios = new ArrayList<>();
        ratios.add(new ClassRatio("precision", classes, PRECISION, ClassCounts::predictedSize));
        ratios.add(new ClassRatio("recall", classes, RECALL, ClassCounts::supportSize));
        ratios.add(new ClassRatio("specificity", classes, SPECIFICITY, ClassCounts::otherSize));
        ratios.add(new ClassRatio("f1", classes, F1, (counts, index) -> Double.NaN));
        betas.stream()
                .distinct()
                .filter(beta -> beta != 1)
                .forEach(beta -> ratios.add(
                        new ClassRatio(BinaryCounts.nameOfF(beta), classes, f(beta), (counts, index) -> Double.NaN)));
        return List.copyOf(ratios);
    }

    /** Of all rows, the share that is rightly taken for the class or rightly not; of each class, its mean is another's. */
    static ClassRatio accuracy(List<String> classes) {
        return new ClassRatio("accuracy", classes, ACCURACY, (counts, index) -> counts.size());
    }

    private static Formula f(double beta) {
        double square = beta * beta;
        return (right, support, predicted, total) ->
                ClassCounts.share((1 + square) * right, square * support + predicted);
    }

    /** The name before the dot. */
    String name() {
        return name;
    }

    /** Puts the means. */
    void means(ClassCounts counts, Map<String, Double> metrics) {
        double sum = 0;
        double weightedSum = 0;
        int included = 0;
        double right = 0;
        double support = 0;
        double predicted = 0;
        double total = 0;
        for (int i = 0; i < names.length; i++) {
            if (counts.included(i)) {
                double ratio = formula.of(counts, i);
                included++;
                sum += ratio;
                weightedSum += ratio * counts.support(i);
                right += counts.right(i);
                support += counts.support(i);
                predicted += counts.predicted(i);
                total += counts.total();
            }
        }
        double macro = sum / included;
        metrics.put(name + ".macro", macro);
        metrics.put(name + ".micro", formula.of(right, support, predicted, total));
        metrics.put(name + ".weighted", support > 0 ? weightedSum / support : macro);
    }

    /** Puts the ratio of each class that is included; none takes the name of a mean that was put before. */
    void ofClasses(ClassCounts counts, Map<String, Double> metrics) {
        for (int i = 0; i < names.length; i++) {
            if (counts.included(i)) {
                metrics.putIfAbsent(names[i], formula.of(counts, i));
            }
        }
    }

    /** Puts Wilson's interval of each class's ratio, where its divisor counts rows and there are some. */
    void uncertainties(ClassCounts counts, Map<String, Uncertainty> uncertainties) {
        for (int i = 0; i < names.length; i++) {
            double rows = size.of(counts, i);
            if (counts.included(i) && rows > 0 && Double.isFinite(rows)) {
                uncertainties.putIfAbsent(names[i], new Wilson(formula.of(counts, i), rows));
            }
        }
    }
}
