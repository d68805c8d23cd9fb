package io.mlcicd.drift.text;

import io.mlcicd.document.Figures;
import io.mlcicd.drift.text.TextFindings.Lengths;
import io.mlcicd.drift.text.TextFindings.Vocabulary;
import io.mlcicd.drift.text.TextFindings.WordShift;
import java.util.List;

/** Findings on texts in words. */
final class TextWording {

    private TextWording() {}

    static String lengths(Lengths characters, Lengths words) {
        String became = characters.currentMean() > characters.referenceMean()
                ? "texts became longer, from "
                : characters.currentMean() < characters.referenceMean()
                        ? "texts became shorter, from "
                        : "texts vary otherwise in length, from ";
        return became
                + "%s to %s characters and from %s to %s words in the mean (Kolmogorov-Smirnov statistic %s)"
                        .formatted(
                                Figures.number(characters.referenceMean()),
                                Figures.number(characters.currentMean()),
                                Figures.number(words.referenceMean()),
                                Figures.number(words.currentMean()),
                                Figures.number(characters.ks()));
    }

    static String distance(Vocabulary vocabulary) {
        return "the Jensen-Shannon distance of the vocabularies is %s; between equally large parts it is %s to the current texts and %s within the reference"
                .formatted(
                        Figures.number(vocabulary.js()),
                        Figures.number(vocabulary.jsBaseline() + vocabulary.jsChange()),
                        Figures.number(vocabulary.jsBaseline()));
    }

    static String newWords(Vocabulary vocabulary) {
        return "%s of the words are new to the reference, %s more than between parts of it"
                .formatted(Figures.percent(vocabulary.oov()), Figures.percent(vocabulary.oovChange()));
    }

    /** The reasons for drift and the words that came and went, or that there is none. */
    static String finding(List<String> reasons, Vocabulary vocabulary, int named) {
        if (reasons.isEmpty()) {
            return "the texts did not drift: " + distance(vocabulary);
        }
        return String.join("; ", reasons)
                + words("; more frequent: ", vocabulary.came(), named)
                + words("; less frequent: ", vocabulary.went(), named);
    }

    private static String words(String what, List<WordShift> shifts, int named) {
        if (shifts.isEmpty()) {
            return "";
        }
        return what
                + Figures.listed(shifts.stream()
                        .limit(named)
                        .map(shift -> "'%s' (from %s to %s of the words)"
                                .formatted(
                                        shift.word(),
                                        Figures.percent(shift.reference()),
                                        Figures.percent(shift.current())))
                        .toList());
    }
}
