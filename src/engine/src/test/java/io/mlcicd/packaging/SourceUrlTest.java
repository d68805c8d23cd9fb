package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example/team/weather",
                "https://git.example/team/weather.git",
                "https://git.example/team/weather.git/",
                "git@git.example:team/weather.git",
                "git.example:team/weather",
                "ssh://git@git.example:2222/team/weather.git",
                "git://git.example/team/weather.git"
            })
    void howeverItWasClonedTheAddressIsTheSame(String remote) {
        assertThat(SourceUrl.of(remote)).contains("https://git.example/team/weather");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/git/weather.git",
                "../weather",
                "file:///srv/git/weather",
                "C:\\git\\weather",
                "C:/git/w",
                ""
            })
    void aRepositoryOnThisMachineHasNoAddress(String remote) {
        assertThat(SourceUrl.of(remote)).isEmpty();
    }
}
