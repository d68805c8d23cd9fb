package io.mlcicd.drift.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Texts as words: runs of letters, marks and digits in the sense of Unicode, in lower case and composed form. Scripts that
 * put no spaces between words, such as Chinese and Japanese, give a word for each character.
 */
final class Tokenizer {

    /** Beyond that it is no word but data, of which the beginning tells enough. */
    private static final int LONGEST = 64;

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Tokenizer() {}

    /** The words of a text in their order. */
    static List<String> words(String text) {
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        String lower = normal.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = -1;
        int at = 0;
        while (at < lower.length()) {
            int point = lower.codePointAt(at);
            boolean alone = isUnspaced(point);
            boolean part = !alone && isPart(point, start >= 0);
            if (start >= 0 && !part) {
                add(words, lower, start, at);
                start = -1;
            }
            int next = at + Character.charCount(point);
            if (alone) {
                words.add(lower.substring(at, next));
            } else if (part && start < 0) {
                start = at;
            }
            at = next;
        }
        if (start >= 0) {
            add(words, lower, start, lower.length());
        }
        return words;
    }

    private static void add(List<String> words, String text, int from, int to) {
        words.add(text.substring(from, Math.min(to, from + LONGEST)));
    }

    private static boolean isUnspaced(int point) {
        return point >= 0x0E00 && Character.isLetter(point) && UNSPACED.contains(UnicodeScript.of(point));
    }

    private static boolean isPart(int point, boolean within) {
        if (point < 128) {
            return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
        }
        int type = Character.getType(point);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return Character.isLetterOrDigit(point) || (within && mark);
    }
}
