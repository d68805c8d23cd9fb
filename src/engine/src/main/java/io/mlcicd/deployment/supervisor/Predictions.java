package io.mlcicd.deployment.supervisor;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Predictions as clients got them: an even sample of the numbers (algorithm R; J. S. Vitter, ACM Transactions on
 * Mathematical Software 11, 1985), and a count for each of the first categories.
 */
final class Predictions {

    static final int MOST_NUMBERS = 2000;
    static final int MOST_CATEGORIES = 100;

    /** Where all categories beyond the first go. */
    static final String OTHERS = "(others)";

    private static final int LONGEST_CATEGORY = 100;

    private final double[] sample = new double[MOST_NUMBERS];
    private long seen;
    private final Map<String, Long> categories = new TreeMap<>();

    synchronized void number(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        if (seen < MOST_NUMBERS) {
            sample[(int) seen] = value;
        } else {
            long place = ThreadLocalRandom.current().nextLong(seen + 1);
            if (place < MOST_NUMBERS) {
                sample[(int) place] = value;
            }
        }
        seen++;
    }

    synchronized void category(String value) {
        String name = value.length() > LONGEST_CATEGORY ? value.substring(0, LONGEST_CATEGORY) : value;
        boolean known = categories.containsKey(name) || categories.size() < MOST_CATEGORIES;
        categories.merge(known ? name : OTHERS, 1L, Long::sum);
    }

    synchronized Map<String, String> describe() {
        Map<String, String> all = new TreeMap<>();
        StringJoiner numbers = new StringJoiner(",");
        for (int i = 0; i < Math.min(seen, MOST_NUMBERS); i++) {
            numbers.add(String.valueOf(sample[i]));
        }
        if (seen > 0) {
            all.put("numbers", numbers.toString());
        }
        categories.forEach((name, count) -> all.put("category." + name, String.valueOf(count)));
        return all;
    }
}
