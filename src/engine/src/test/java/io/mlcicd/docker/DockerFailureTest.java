package io.mlcicd.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as Docker 20.10 and 28 print them. */
class DockerFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get"
                        + " \"http://x/v1.24/version\": dial unix /var/run/docker.sock: connect: permission denied"
                        + "|this user may not talk to the Docker daemon at unix:///var/run/docker.sock",
                "Cannot connect to the Docker daemon at tcp://10.0.0.1:2375. Is the docker daemon running?"
                        + "|no Docker daemon answers at tcp://10.0.0.1:2375; start it",
                "unauthorized: authentication required|the registry refused the user name or the password",
                "Error response from daemon: Get \"https://r.example/v2/\": x509: certificate signed by unknown authority"
                        + "|the daemon does not trust the registry",
                "denied: requested access to the resource is denied|the registry does not allow it",
            })
    void whatOthersRefuseIsAnOutsideFailure(String printed, String said) {
        assertThat(DockerFailure.of("do it", List.of(printed)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageStartingWith("cannot do it: " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "driver failed programming external connectivity: Bind for 127.0.0.1:80 failed: port is already allocated"
                        + "|the port is in use",
                "Error response from daemon: manifest for r.example/a:1 not found: manifest unknown: manifest unknown"
                        + "|there is no such image",
                "Error response from daemon: pull access denied for a, repository does not exist or may require"
                        + " 'docker login'|there is no such image",
                "dial tcp: lookup r.invalid: no such host|check the image's name",
                "no matching manifest for linux/arm64/v8 in the manifest list entries|the image does not come for this",
            })
    void whatIsNamedWronglyIsBadInput(String printed, String said) {
        assertThat(DockerFailure.of("do it", List.of(printed)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("cannot do it: " + said);
    }

    @Test
    void theLastLineThatSaysSomethingIsQuoted() {
        assertThat(DockerFailure.of("do it", List.of("first", "what is wrong", "", "See 'docker run --help'.")))
                .hasMessage("cannot do it: what is wrong");
    }
}
