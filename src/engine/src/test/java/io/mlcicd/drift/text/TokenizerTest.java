package io.mlcicd.drift.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenizerTest {

    @Test
    void wordsAreLettersAndDigitsInLowerCase() {
        assertThat(Tokenizer.words("Hello, World! It's 3rd-rate (v2.0)_x"))
                .containsExactly("hello", "world", "it", "s", "3rd", "rate", "v2", "0", "x");
        assertThat(Tokenizer.words("")).isEmpty();
        assertThat(Tokenizer.words(" \t\n…—!?")).isEmpty();
    }

    @Test
    void lettersOfAllScriptsWithTheirMarksMakeWords() {
        assertThat(Tokenizer.words("ÜBER straße Привет हिन्दी العربية 한국어"))
                .containsExactly("über", "straße", "привет", "हिन्दी", "العربية", "한국어");
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(Tokenizer.words("cafe\u0301"))
                .isEqualTo(Tokenizer.words("caf\u00e9"))
                .containsExactly("caf\u00e9");
    }

    @Test
    void scriptsWithoutSpacesGiveTheirCharacters() {
        assertThat(Tokenizer.words("abc東京tower")).containsExactly("abc", "東", "京", "tower");
        assertThat(Tokenizer.words("ひらカタ")).containsExactly("ひ", "ら", "カ", "タ");
        // A character beyond the basic plane is one word as well.
        assertThat(Tokenizer.words("\uD842\uDFB7野")).containsExactly("\uD842\uDFB7", "野");
    }

    @Test
    void brokenTextsAreNoTrouble() {
        assertThat(Tokenizer.words("a\uD800b\0c\uDFFF")).containsExactly("a", "b", "c");
        assertThat(Tokenizer.words("x".repeat(100_000))).containsExactly("x".repeat(64));
    }
}
