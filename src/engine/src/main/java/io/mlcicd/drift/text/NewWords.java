package io.mlcicd.drift.text;

import io.mlcicd.drift.text.TokenTable.Part;

/** Counts the current words that the reference lacks, or that the part of it lacks that was not held out. */
final class NewWords {

    private final TokenTable reference;
    private long words;
    private long lacking;
    private long lackingInPart;

    NewWords(TokenTable reference) {
        this.reference = reference;
    }

    void add(long hash) {
        words++;
        lacking += reference.count(hash, Part.ALL) == 0 ? 1 : 0;
        lackingInPart += reference.count(hash, Part.KEPT) == 0 ? 1 : 0;
    }

    /** The share of words that the reference lacks, 0 to 1; 0 without words. */
    double share() {
        return words == 0 ? 0 : (double) lacking / words;
    }

    /** The share of words that the part not held out lacks, 0 to 1. */
    double shareOfPart() {
        return words == 0 ? 0 : (double) lackingInPart / words;
    }
}
