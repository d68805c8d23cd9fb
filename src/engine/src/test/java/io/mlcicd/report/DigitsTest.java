package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the Particle Data Group's rule: 0.827 ± 0.119, 0.83 ± 0.4 (0.367 has one digit) and the next power. */
class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "0.708, 0.946, 0.827, 0.83",
        "0.46, 1.194, 0.827, 0.8",
        "0.80, 0.889, 0.8452, 0.85",
        "0.84499, 0.84543, 0.84521, 0.84521",
        "1200, 1270, 1234.56, '1,235'",
        "0.5, 0.5, 0.5, 0.5000",
    })
    void thereAreAsManyAsTheIntervalIsSureOf(double lower, double upper, double value, String text) {
        assertThat(Digits.of(lower, upper).text(value)).isEqualTo(text);
    }

    @Test
    void aMinusIsNotMistakenForADash() {
        assertThat(new Digits(2).range(-0.05, 0.02)).isEqualTo("-0.05 to 0.02");
        assertThat(new Digits(2).range(0.05, 0.12)).isEqualTo("0.05–0.12");
    }

    @Test
    void whatIsNoNumberIsSaidSo() {
        assertThat(Digits.of(0, Double.POSITIVE_INFINITY).text(Double.POSITIVE_INFINITY))
                .isEqualTo("Infinity");
    }
}
