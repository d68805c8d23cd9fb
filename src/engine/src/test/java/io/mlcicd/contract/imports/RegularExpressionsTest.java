package io.mlcicd.contract.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)b",
                "(?!a)b",
                "(?<=a)b",
                "(?<!a)b",
                "(a)\\1",
                "(?P<q>a)(?P=q)",
                "(?>a)b",
                "a++",
                "a*+",
                "a{2}+",
                "\\d++",
                "[ab]++",
                "(a)?(?(1)b|c)",
                "a\\Z",
                "(?x)a b",
                "\\\\(a)\\1",
                "\\u00e9"
            })
    void whatRe2DoesNotKnowIsNamed(String expression) {
        assertThat(RegularExpressions.beyond(expression)).get().asString().contains(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[A-Z]{2}-\\d+$",
                "\\++",
                "[*+]+",
                "[+*?]",
                "[]+*+]x",
                "\\\\1",
                "(?i)abc",
                "(?P<year>\\d{4})",
                "(?:a|b)+?",
                "[(?=]",
                "\\(\\?=a",
                "a\\.b",
                "\\[1-9\\]"
            })
    void whatRe2KnowsIsKept(String expression) {
        assertThat(RegularExpressions.beyond(expression)).isEmpty();
    }

    @Test
    void searchFindsAnywhereAndMatchOnlyAtTheStart() {
        assertThat("xxabyy").matches(RegularExpressions.anywhere("ab|cd"));
        assertThat("line\nab\nline").matches(RegularExpressions.anywhere("ab"));
        assertThat("xxabyy").doesNotMatch(RegularExpressions.anywhere("^ab"));
        assertThat("abyy").matches(RegularExpressions.atStart("ab|cd"));
        assertThat("xcd").doesNotMatch(RegularExpressions.atStart("ab|cd"));
        assertThat("abyy").doesNotMatch(RegularExpressions.atStart("ab$"));
    }

    @Test
    void aDotOfTheExpressionItselfIsNoNewLine() {
        assertThat("a\nb").doesNotMatch(RegularExpressions.anywhere("a.b"));
        assertThat("a\nb").doesNotMatch(RegularExpressions.atStart("a.b"));
    }

    @Test
    void likeKnowsTwoSignsAndTakesTheRestLiterally() {
        assertThat("a.c").matches(RegularExpressions.ofLike("a._"));
        assertThat("abc").doesNotMatch(RegularExpressions.ofLike("a._"));
        assertThat("50%+ off").matches(RegularExpressions.ofLike("50%+%"));
        assertThat("a").matches(RegularExpressions.any(List.of("a", "b|c")));
        assertThat("x").doesNotMatch(RegularExpressions.any(List.of("a", "b|c")));
    }
}
