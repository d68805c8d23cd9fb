package io.mlcicd.drift.text;

import io.mlcicd.drift.learner.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is gathered from the texts of one side, one by one, in memory that does not grow with their length. */
final class TextSide {

    /** Words share this many columns by their hashes for the classifier. */
    static final int BUCKETS = 512;

    /** How many texts of a side the classifier sees. */
    private static final int CLASSIFIED = 4_000;

    static final List<String> BUCKET_NAMES =
            IntStream.range(0, BUCKETS).mapToObj(i -> "words " + i).toList();

    private final TokenTable table;
    private final double[] characters;
    private final double[] words;
    private final double[][] buckets;
    private int texts;
    private int classified;

    /** @param most how many texts there will be, at most */
    TextSide(int most) {
        table = new TokenTable();
        characters = new double[most];
        words = new double[most];
        buckets = new double[BUCKETS][Math.min(most, CLASSIFIED)];
    }

    /** Which of the classifier's columns counts a word. */
    static int bucket(long hash) {
        return (int) (hash >>> 40) & (BUCKETS - 1);
    }

    /** Adds a text, in the part of the texts that is held out or in the other. */
    void add(String text, boolean heldOut) {
        add(text, (word, hash) -> table.add(word, hash, heldOut));
    }

    /** Adds a text whose words are also looked up in the other side. */
    void add(String text, boolean heldOut, NewWords newWords) {
        add(text, (word, hash) -> {
            table.add(word, hash, heldOut);
            newWords.add(hash);
        });
    }

    private interface WordReader {
        void word(String word, long hash);
    }

    private void add(String text, WordReader reader) {
        List<String> tokens = Tokenizer.words(text);
        characters[texts] = text.codePointCount(0, text.length());
        words[texts] = tokens.size();
        // Texts at equal distances.
        boolean chosen = (long) (texts + 1) * buckets[0].length / characters.length > classified;
        for (String token : tokens) {
            long hash = TokenTable.hash(token);
            reader.word(token, hash);
            if (chosen) {
                buckets[bucket(hash)][classified]++;
            }
        }
        texts++;
        classified += chosen ? 1 : 0;
    }

    TokenTable table() {
        return table;
    }

    int texts() {
        return texts;
    }

    /** Lengths in characters (code points of Unicode). */
    double[] characters() {
        return Arrays.copyOf(characters, texts);
    }

    /** Lengths in words. */
    double[] words() {
        return Arrays.copyOf(words, texts);
    }

    /** How often the words of each column are in each of the texts that were chosen. */
    Matrix buckets() {
        double[][] columns = Arrays.stream(buckets)
                .map(column -> Arrays.copyOf(column, classified))
                .toArray(double[][]::new);
        return Matrix.ofColumns(BUCKET_NAMES, columns);
    }
}
