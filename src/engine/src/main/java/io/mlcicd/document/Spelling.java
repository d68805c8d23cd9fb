package io.mlcicd.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person probably meant to write. */
public final class Spelling {

    private static final int SHORTEST_START = 3;

    private Spelling() {}

    /**
     * The known name that was probably meant: one that the wrong one abbreviates, else the nearest if no more than a third
     * of the letters are wrong.
     */
    public static Optional<String> nearest(String wrong, Collection<String> known) {
        String start = wrong.toLowerCase(Locale.ROOT);
        Optional<String> abbreviated = known.stream()
                .filter(name -> start.length() >= SHORTEST_START
                        && name.toLowerCase(Locale.ROOT).startsWith(start))
                .findFirst();
        return abbreviated.or(() -> known.stream()
                .min(Comparator.comparingInt(name -> distance(wrong, name)))
                .filter(name -> distance(wrong, name) <= Math.max(1, Math.max(wrong.length(), name.length()) / 3)));
    }

    /** " (did you mean 'x'?)" or nothing. */
    public static String hint(String wrong, Collection<String> known) {
        return nearest(wrong, known)
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /**
     * The optimal string alignment distance, without regard to case: Levenshtein's edit distance in which two neighbours
     * that changed places count once (Damerau, Communications of the ACM 7, 1964).
     */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
