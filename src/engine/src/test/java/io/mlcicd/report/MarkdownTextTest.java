package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "temp_max~temp\\_max",
                "# no heading~\\# no heading",
                "### no heading~##\\# no heading",
                "- no item~\\- no item",
                "1. no item~1\\. no item",
                "---~\\---",
                "-0.5 is less~-0.5 is less",
                "a < b & c~a &lt; b &amp; c",
                "costs $5 or $6~costs \\$5 or \\$6",
                "[x](y)~\\[x\\](y)",
                "a\\|b~a\\\\\\|b",
            })
    void wordsStayWords(String words, String markdown) {
        assertThat(MarkdownText.escape(words)).isEqualTo(markdown);
    }

    @Test
    void nobodyIsCalledAndNothingIsLinked() {
        assertThat(MarkdownText.escape("@octocat #7 !8 https://a.example www.a.example a@b.c"))
                .isEqualTo("@\u200Boctocat #\u200B7 !\u200B8 https:\u200B//a.example www\u200B.a.example a@\u200Bb.c");
    }

    @Test
    void aTextIsOnOneLineAndReadsAsItIs() {
        assertThat(MarkdownText.escape(" a\n\n b\u202Ec\u0007 ")).isEqualTo("a b\uFFFDc\uFFFD");
    }
}
