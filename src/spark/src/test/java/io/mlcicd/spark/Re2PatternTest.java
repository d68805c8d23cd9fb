package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern finds in Java what it finds in RE2, which DuckDB searches with. */
class Re2PatternTest {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "AB",
            "a\nb",
            "a\n",
            "a\rb",
            "a\u2028b",
            "[",
            "a&b",
            "&&",
            "]",
            "x-1",
            "\u00e9",
            "a.b",
            "$",
            "a$",
            "a\\b",
            "7",
            "a b",
            "\ud83d\ude42");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.b",
                "(?s)a.b",
                "^a$",
                "a$",
                "(?m)^b$",
                "(?P<x>a)b",
                "(?i)ab",
                "[a[]",
                "[]a]",
                "[^]a]+",
                "[a&&b]+",
                "[[:alpha:]]+",
                "[[:^alpha:]]",
                "[[:word:]-]+",
                "\\pL",
                "\\p{Lu}+",
                "\\w+",
                "\\Qa.b\\E",
                "\\$",
                "[$]",
                "a\\\\b",
                "\\x{e9}",
                "\\d|\\s",
                ".",
                "a*?b",
                "\\Aa\\z"
            })
    void findsTheSame(String pattern) throws Exception {
        Pattern java = Pattern.compile(Re2Pattern.java(pattern));
        Pattern whole = Pattern.compile("\\A(?:" + Re2Pattern.java(pattern) + ")\\z");
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            for (String text : TEXTS) {
                String of = "(" + DataEngine.literal(text) + ", " + DataEngine.literal(pattern) + ")";
                var row = engine.query("SELECT regexp_matches" + of + " AS found, regexp_full_match" + of + " AS whole")
                        .get(0);
                assertThat(String.valueOf(java.matcher(text).find()))
                        .as(text)
                        .isEqualTo(row.text("found").orElseThrow());
                assertThat(String.valueOf(whole.matcher(text).find()))
                        .as(text)
                        .isEqualTo(row.text("whole").orElseThrow());
            }
        }
    }

    @Test
    void refusesWhatRe2DoesNotKnow() {
        for (String pattern : List.of("(?=a)", "(?<!a)b", "(a)\\1", "(a", "a**", "[z-a]")) {
            assertThatThrownBy(() -> Re2Pattern.java(pattern)).isInstanceOf(InvalidInputException.class);
        }
    }
}
