package io.mlcicd.packaging.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DockerfileBaseTest {

    @Test
    void theLastStagesImageIsTheBase() {
        assertThat(DockerfileBase.of("FROM python:3.12\nRUN true\n")).contains("python:3.12");
        assertThat(DockerfileBase.of(
                        "from --platform=linux/amd64 golang:1 as Build\nFROM debian:12\nCOPY --from=build a b"))
                .contains("debian:12");
    }

    @Test
    void aStageThatStandsOnAnotherHasItsBase() {
        assertThat(DockerfileBase.of("FROM debian:12 AS deps\nFROM deps\n")).contains("debian:12");
    }

    @Test
    void nothingAndWhatIsDecidedLaterAreNoBase() {
        assertThat(DockerfileBase.of("FROM scratch\n")).isEmpty();
        assertThat(DockerfileBase.of("ARG BASE\nFROM ${BASE}\n")).isEmpty();
        assertThat(DockerfileBase.of("")).isEmpty();
    }
}
