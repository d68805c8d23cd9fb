package io.mlcicd.drift;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk through the values of two samples in order, each different value once with the number of times that either
 * sample has it, from which all measures of ordered values come.
 */
final class PooledOrder {

    /** Numbers with at most so many different values are also compared value by value. */
    static final int FEW = 5;

    /** Squares of twice the ranks beyond it would not fit into 64 bits. */
    private static final long MOST_RANKS = 1_500_000_000;

    /** Squares of numbers beyond these bounds leave the range of doubles, so such numbers are scaled. */
    private static final double GREAT = 0x1p400;

    private static final double SMALL = 0x1p-400;

    private final long n;
    private final long m;
    private final double total;
    private final double perReference;
    private final double perCurrent;
    private final double scale;
    private final double centre;
    private final List<Tied> first = new ArrayList<>();

    private long before;
    private long beforeCurrent;
    private int different;
    private double lastScaled;
    private double area;
    private double greatest;
    private double andersonDarling;
    private double sum;
    private double squares;
    private double currentSum;
    private double currentSquares;
    private final Squares referenceSquares = new Squares();
    private final Squares currentSquaredRanks = new Squares();

    /** A value with the number of times that either sample has it. */
    record Tied(double value, long reference, long current) {}

    /**
     * A walk through two samples.
     *
     * @param n number of the reference's values, positive
     * @param m number of the current values, positive
     * @param centre a value in the reference's middle, about which its variance is computed
     * @param greatest the greatest absolute value of both
     */
    PooledOrder(long n, long m, double centre, double greatest) {
        this.n = n;
        this.m = m;
        total = (double) n + m;
        perReference = 1.0 / n;
        perCurrent = 1.0 / m;
        boolean plain = greatest == 0 || (greatest < GREAT && greatest > SMALL);
        scale = plain ? 1 : Math.scalb(1.0, Math.min(1000, -Math.getExponent(greatest)));
        this.centre = centre * scale;
    }

    /** The next greater value. */
    void add(double value, long reference, long current) {
        double scaled = value * scale;
        double difference = before * perReference - beforeCurrent * perCurrent;
        if (before + beforeCurrent > 0) {
            area += Math.abs(difference) * (scaled - lastScaled);
        }
        double fromCentre = scaled - centre;
        sum += reference * fromCentre;
        squares += reference * fromCentre * fromCentre;
        currentSum += current * fromCentre;
        currentSquares += current * fromCentre * fromCentre;

        double tied = (double) reference + current;
        double rank = (double) before + beforeCurrent + tied / 2;
        double deviation = total * (before + reference / 2.0) - rank * n;
        double spread = rank * (total - rank) - total * tied / 4;
        if (spread > 0) {
            andersonDarling += tied * deviation * deviation / spread;
        }
        referenceSquares.add(reference, 2 * beforeCurrent + current);
        currentSquaredRanks.add(current, 2 * before + reference);

        before += reference;
        beforeCurrent += current;
        greatest = Math.max(greatest, Math.abs(before * perReference - beforeCurrent * perCurrent));
        if (different <= FEW) {
            different++;
            first.add(new Tied(value, reference, current));
        }
        lastScaled = scaled;
    }

    /** All measures, which are finite. */
    Map<String, Double> measures() {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.putAll(KolmogorovSmirnov.of(greatest, n, m).measures());
        AndersonDarling.of(andersonDarling / total * (perReference + perCurrent) * (total - 1) / total, n, m)
                .ifPresent(test -> measures.putAll(test.measures()));
        if (Math.max(n, m) <= MOST_RANKS) {
            measures.putAll(CramerVonMises.of(rankDifferences(), n, m).measures());
        }
        measures.put("wasserstein", Math.min(area / scale, Double.MAX_VALUE));
        measures.put("wasserstein.normed", normed());
        return measures;
    }

    /**
     * The distance in standard deviations of the reference. One that is constant has none, so there it is that of both
     * samples together, which makes the result as free of the column's unit and, once a good part of the values has
     * moved, as great.
     */
    private double normed() {
        if (area == 0) {
            return 0;
        }
        double variance = (squares - sum * sum * perReference) * perReference;
        double deviation = Math.sqrt(Math.max(0, variance));
        if (deviation == 0) {
            double all = sum + currentSum;
            deviation = Math.sqrt(Math.max(0, squares + currentSquares - all * all / total) / total);
        }
        return deviation == 0 ? 0 : Math.min(area / deviation, Double.MAX_VALUE);
    }

    /** Twelve times Anderson's U, a whole number. */
    private BigInteger rankDifferences() {
        return referenceSquares
                .twelvefold()
                .multiply(BigInteger.valueOf(n))
                .add(currentSquaredRanks.twelvefold().multiply(BigInteger.valueOf(m)));
    }

    /** The different values when there are at most {@value #FEW}; empty when there are more. */
    List<Tied> values() {
        return different <= FEW ? List.copyOf(first) : List.of();
    }

    /**
     * Sums up squared differences of the ranks that values have in the pooled samples, where ties share their middle,
     * and in their own. Of {@code c} equal values with {@code d} equal ones in the other sample and {@code B} smaller
     * ones there that sum is {@code c (B + d/2)^2 + c (c^2 - 1) / 12}.
     */
    private static final class Squares {
        private final WideSum squares = new WideSum();
        private final WideSum ties = new WideSum();

        void add(long count, long twice) {
            squares.add(count, twice * twice);
            if (count > 1) {
                ties.add(count, count * count - 1);
            }
        }

        BigInteger twelvefold() {
            return squares.value().multiply(BigInteger.valueOf(3)).add(ties.value());
        }
    }

    /** A sum of products of whole numbers that are not negative, of 128 bits. */
    private static final class WideSum {
        private long high;
        private long low;

        void add(long one, long other) {
            long product = one * other;
            low += product;
            high += Math.multiplyHigh(one, other) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
        }

        BigInteger value() {
            return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
        }
    }
}
