package io.mlcicd.drift.text;

import java.util.Optional;

/**
 * Counts words by 64-bit hashes, in two parts of the texts. A million words would need about 60 MB, so {@value #MOST}
 * different ones are told apart and later new ones are counted together.
 */
final class TokenTable {

    static final int MOST = 500_000;

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final int most;
    private long[] hashes = new long[1 << 12];
    private long[] kept = new long[1 << 12];
    private long[] held = new long[1 << 12];
    private String[] words = new String[1 << 12];
    private int size;
    private long keptTotal;
    private long heldTotal;
    private long uncounted;

    TokenTable() {
        this(MOST);
    }

    TokenTable(int most) {
        this.most = most;
    }

    /** A word's hash: that of Fowler, Noll and Vo (FNV-1a) over its characters, with its bits mixed; never 0. */
    static long hash(String word) {
        long hash = OFFSET;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * PRIME;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }

    /** Which of the texts' words are asked about. */
    enum Part {
        KEPT,
        HELD,
        ALL;

        private long of(long kept, long held) {
            return switch (this) {
                case KEPT -> kept;
                case HELD -> held;
                case ALL -> kept + held;
            };
        }
    }

    /** Hears each word that is told apart. */
    interface Visitor {
        void word(long hash);
    }

    /** Counts a word in the part that is held out, or in the other. */
    void add(String word, long hash, boolean holdOut) {
        if (holdOut) {
            heldTotal++;
        } else {
            keptTotal++;
        }
        int slot = slot(hash);
        if (hashes[slot] == 0) {
            if (size == most) {
                uncounted++;
                return;
            }
            if (++size > hashes.length / 2) {
                grow();
                slot = slot(hash);
            }
            hashes[slot] = hash;
        } else if (words[slot] == null) {
            // Most words are found once and need not be remembered by their letters.
            words[slot] = word;
        }
        if (holdOut) {
            held[slot]++;
        } else {
            kept[slot]++;
        }
    }

    /** The slot of that hash, or the empty one where it would go. */
    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldKept = kept;
        long[] oldHeld = held;
        String[] oldWords = words;
        hashes = new long[2 * oldHashes.length];
        kept = new long[hashes.length];
        held = new long[hashes.length];
        words = new String[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                kept[slot] = oldKept[i];
                held[slot] = oldHeld[i];
                words[slot] = oldWords[i];
            }
        }
    }

    void forEach(Visitor visitor) {
        for (int slot = 0; slot < hashes.length; slot++) {
            if (hashes[slot] != 0) {
                visitor.word(hashes[slot]);
            }
        }
    }

    /** How often a word is in that part. */
    long count(long hash, Part part) {
        int slot = slot(hash);
        return part.of(kept[slot], held[slot]);
    }

    /** A word by its letters; empty when it was found only once. */
    Optional<String> word(long hash) {
        return Optional.ofNullable(words[slot(hash)]);
    }

    /** The number of words in that part, each as often as it was found. */
    long total(Part part) {
        return part.of(keptTotal, heldTotal);
    }

    /** Of how many different words there are counts. */
    int distinct() {
        return size;
    }

    /** Whether all words there were have counts. */
    boolean complete() {
        return uncounted == 0;
    }

    /** The share of the words held out that the other part lacks, 0 to 1; 0 when nothing was held out. */
    double heldButNotKept() {
        long lacking = 0;
        for (int slot = 0; slot < hashes.length; slot++) {
            lacking += kept[slot] == 0 ? held[slot] : 0;
        }
        return heldTotal == 0 ? 0 : (double) lacking / heldTotal;
    }
}
