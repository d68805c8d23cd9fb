package io.mlcicd.deployment.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 0~~     | HTTP/1.1 200 OK~",
                "HTTP/1.1 404~~                          | HTTP/1.1 404~",
                "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~ | ''",
                "HTTP/1.1 101 Switching Protocols~~      | ''",
                "HTTP/1.1 200 O                          | ''",
                "HTTP/1.1                                | ''",
                "HTTP/1.0 200 OK~~                       | ''",
                "{\"text\": \"HTTP/1.1 200 OK~\"}        | ''"
            })
    void onlyTheStatusLineOfAWholeAnswerIsTakenForOne(String text, String statusLine) {
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);

        assertThat(FinalAnswer.statusLine(bytes, bytes.length))
                .isEqualTo(statusLine.replace("~", "\r\n").length());
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "9", "12"})
    void bytesBeyondTheLengthAreNotRead(int length) {
        byte[] bytes = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(FinalAnswer.statusLine(bytes, length)).isZero();
    }
}
