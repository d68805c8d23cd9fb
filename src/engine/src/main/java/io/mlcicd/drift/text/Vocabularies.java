package io.mlcicd.drift.text;

import io.mlcicd.data.distance.Divergence;
import io.mlcicd.drift.text.TokenTable.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The words of two bodies of text that are the most frequent in both together, with their shares in each. */
final class Vocabularies {

    /** How many words are compared each for itself; the rest is compared as one. */
    private static final int COMPARED = 2_000;

    private static final Comparator<Word> BY_SHARE =
            Comparator.comparingDouble(Word::share).thenComparingLong(Word::hash);

    /**
     * A word.
     *
     * @param before its share of the first body's words, 0 to 1
     * @param now its share of the second body's words, 0 to 1
     */
    record Word(long hash, double before, double now) {
        private double share() {
            return before + now;
        }

        /** What it adds to the Jensen–Shannon divergence, in nats and doubled; 0 when its share did not change. */
        double moved() {
            double mean = share() / 2;
            return part(before, mean) + part(now, mean);
        }

        private static double part(double share, double mean) {
            return share == 0 ? 0 : share * Math.log(share / mean);
        }
    }

    private final PriorityQueue<Word> most = new PriorityQueue<>(BY_SHARE);
    private final boolean someBefore;
    private final boolean someNow;

    private Vocabularies(boolean someBefore, boolean someNow) {
        this.someBefore = someBefore;
        this.someNow = someNow;
    }

    /** Those of all texts of two sides. */
    static Vocabularies of(TokenTable before, TokenTable now) {
        return of(before, Part.ALL, now, Part.ALL);
    }

    /** Those of a part of one side's texts and a part of another's, or of the same side's. */
    static Vocabularies of(TokenTable before, Part beforePart, TokenTable now, Part nowPart) {
        long beforeTotal = before.total(beforePart);
        long nowTotal = now.total(nowPart);
        Vocabularies both = new Vocabularies(beforeTotal > 0, nowTotal > 0);
        TokenTable.Visitor offering = hash -> both.offer(
                hash, share(before.count(hash, beforePart), beforeTotal), share(now.count(hash, nowPart), nowTotal));
        before.forEach(offering);
        now.forEach(hash -> {
            if (before.count(hash, Part.ALL) == 0) {
                offering.word(hash);
            }
        });
        return both;
    }

    private static double share(long count, long total) {
        return total == 0 ? 0 : (double) count / total;
    }

    private void offer(long hash, double before, double now) {
        most.add(new Word(hash, before, now));
        if (most.size() > COMPARED) {
            most.poll();
        }
    }

    /** Those whose share changed most first. */
    List<Word> byMove() {
        return most.stream()
                .sorted(Comparator.comparingDouble(Word::moved).reversed().thenComparingLong(Word::hash))
                .toList();
    }

    /** The Jensen–Shannon distance to base 2, 0 to 1; of a body without words and one with some it is 1. */
    double distance() {
        if (!someBefore || !someNow) {
            return someBefore == someNow ? 0 : 1;
        }
        List<Word> words = new ArrayList<>(most);
        words.sort(BY_SHARE);
        double[] before = new double[words.size() + 1];
        double[] now = new double[words.size() + 1];
        before[words.size()] = 1;
        now[words.size()] = 1;
        for (int i = 0; i < words.size(); i++) {
            before[i] = words.get(i).before();
            now[i] = words.get(i).now();
            before[words.size()] -= before[i];
            now[words.size()] -= now[i];
        }
        before[words.size()] = rest(before[words.size()]);
        now[words.size()] = rest(now[words.size()]);
        return Divergence.jensenShannon(before, now);
    }

    /** What rounding leaves is nothing. */
    private static double rest(double share) {
        return share < 1e-12 ? 0 : share;
    }
}
