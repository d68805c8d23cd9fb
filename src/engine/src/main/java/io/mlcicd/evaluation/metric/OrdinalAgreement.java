package io.mlcicd.evaluation.metric;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cohen's kappa of classes that are whole numbers, such as grades, where a near miss is a lesser error: disagreement is
 * weighed by the distance of the classes' ranks ({@code cohenKappa.linear}) or its square ({@code cohenKappa.quadratic});
 * at most 1, 0 for chance (J. Cohen, "Weighted kappa", Psychological Bulletin 70, 1968). Equals scikit-learn's {@code
 * cohen_kappa_score(weights="linear")} and {@code "quadratic"}, with all classes as labels in the order of the numbers.
 */
final class OrdinalAgreement {

    /** Nobody grades in more steps; more numbers than these are names. */
    private static final int MOST_CLASSES = 100;

    private final int[] ranks;
    private double distances;
    private double squaredDistances;

    private OrdinalAgreement(int[] ranks) {
        this.ranks = ranks;
    }

    /** The rank of each class in the order of the numbers; empty unless there are 3 to 100 different whole numbers. */
    static Optional<int[]> ranks(List<String> classes) {
        if (classes.size() < 3
                || classes.size() > MOST_CLASSES
                || !classes.stream().allMatch(name -> name.length() <= 19 && name.matches("-?[0-9]+"))) {
            return Optional.empty();
        }
        List<BigInteger> numbers = classes.stream().map(BigInteger::new).toList();
        List<BigInteger> sorted = numbers.stream().sorted().distinct().toList();
        if (sorted.size() < numbers.size()) {
            return Optional.empty();
        }
        int[] ranks = new int[numbers.size()];
        IntStream.range(0, ranks.length).forEach(i -> ranks[i] = sorted.indexOf(numbers.get(i)));
        return Optional.of(ranks);
    }

    static OrdinalAgreement ofRanks(int[] ranks) {
        return new OrdinalAgreement(ranks);
    }

    void add(int actual, int predicted, double weight) {
        double distance = Math.abs(ranks[actual] - ranks[predicted]);
        distances += weight * distance;
        squaredDistances += weight * distance * distance;
    }

    /** Puts both kappas, unless chance alone agrees on every row. */
    void metrics(ClassCounts counts, Map<String, Double> metrics) {
        double[] support = new double[ranks.length];
        double[] predicted = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            support[ranks[i]] = counts.support(i);
            predicted[ranks[i]] = counts.predicted(i);
        }
        double expected = 0;
        double expectedSquares = 0;
        for (int i = 0; i < ranks.length; i++) {
            for (int j = 0; j < ranks.length; j++) {
                double distance = Math.abs(i - j);
                double chance = support[i] * predicted[j];
                expected += chance * distance;
                expectedSquares += chance * distance * distance;
            }
        }
        if (expected > 0) {
            metrics.put("cohenKappa.linear", 1 - distances * counts.total() / expected);
            metrics.put("cohenKappa.quadratic", 1 - squaredDistances * counts.total() / expectedSquares);
        }
    }
}
