package io.mlcicd.deployment.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last predictions of a release, each with the id of its request, so that a deployer can join them with the truth
 * when it arrives. The oldest give way to new ones. Safe for many threads.
 */
final class Answers {

    /** How many are kept at most, and how many characters they have together at most. */
    static final int MOST = 100_000;

    static final int MOST_CHARACTERS = 8_000_000;

    /** How many are told at once at most. */
    static final int AT_ONCE = 5_000;

    private record Kept(String id, String prediction) {
        int length() {
            return id.length() + prediction.length();
        }
    }

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long characters;
    private long added;
    private long nameless;
    private long blind;

    /** Notes an answer; one without an id or a prediction is counted only. */
    synchronized void add(Optional<String> id, Optional<String> prediction) {
        if (id.isEmpty()) {
            nameless++;
        }
        if (prediction.isEmpty()) {
            blind++;
        }
        if (id.isEmpty() || prediction.isEmpty()) {
            return;
        }
        Kept one = new Kept(id.get(), prediction.get());
        kept.addLast(one);
        added++;
        characters += one.length();
        while (kept.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= kept.removeFirst().length();
        }
    }

    /** Those that came after so many, the oldest first; {@code next} is how many had come with the last of them. */
    synchronized Map<String, String> after(long known) {
        Map<String, String> all = new TreeMap<>();
        long number = added - kept.size();
        int told = 0;
        for (Kept one : kept) {
            number++;
            if (number > known && told < AT_ONCE) {
                all.put("id." + told, one.id());
                all.put("prediction." + told, one.prediction());
                told++;
                all.put("next", String.valueOf(number));
            }
        }
        all.putIfAbsent("next", String.valueOf(known));
        all.put("more", String.valueOf(number > Long.parseLong(all.get("next")) && told == AT_ONCE));
        all.put("nameless", String.valueOf(nameless));
        all.put("blind", String.valueOf(blind));
        return all;
    }
}
