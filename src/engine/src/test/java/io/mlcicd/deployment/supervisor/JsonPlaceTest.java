package io.mlcicd.deployment.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPlaceTest {

    private static final String TEXT = """
            {"a/b": [1, -2.5e3, {"~": "x\\"\\u00e9\\n"}], "skip": {"p": [[], {}, "]}"]}, "ok": true, "none": null, "":7}
            """;

    /** Jackson's own JSON pointers say what is right. */
    @Test
    void findsWhatJacksonFinds() throws Exception {
        for (String pointer :
                List.of("/a~1b/0", "/a~1b/1", "/a~1b/2/~0", "/ok", "/", "/skip/p/2", "/nothing", "/a~1b/9", "/skip")) {
            var expected = Json.mapper().readTree(TEXT).at(pointer);
            var found = JsonPlace.find(TEXT, pointer);
            assertThat(found.isPresent()).as(pointer).isEqualTo(expected.isValueNode());
            if (found.isPresent() && found.get().isNumber()) {
                assertThat(found.get().number()).isEqualTo(expected.asDouble());
            } else if (found.isPresent()) {
                assertThat(found.get().text()).isEqualTo(expected.asText());
            }
        }
        assertThat(JsonPlace.find(TEXT, "/none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"", "{\"a\":", "[1,", "nonsense", "{\"a\":\"x", "[[[["})
    void brokenTextHasNothing(String text) {
        assertThat(JsonPlace.find(text, "/a")).isEmpty();
    }
}
