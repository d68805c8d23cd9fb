package io.mlcicd.packaging;

import io.mlcicd.docker.TestDaemon;
import io.mlcicd.serving.ServingContract;
import io.mlcicd.serving.ServingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A project whose image is a model server in BusyBox' shell: it speaks each protocol, rightly or wrongly, as the
 * variable {@code MODE} has it.
 */
final class ServedProject {

    private static final String SERVER = """
            #!/bin/sh
            bb=./bin/busybox
            cr=$(printf '\\r')
            read -r method path version
            length=0
            while read -r header; do
              header=${header%"$cr"}
              [ -z "$header" ] && break
              case "$header" in
                [Cc]ontent-[Ll]ength:*) length=${header#*: } ;;
              esac
            done
            [ "$length" -gt 0 ] && body=$($bb head -c "$length")
            say() {
              printf 'HTTP/1.1 %s OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' \\
                "$1" "${#2}" "$2"
              exit 0
            }
            case "$MODE $method" in
              "never GET") say 503 '{"error":"loading"}' ;;
              "error POST") echo "traceback: weights are missing" >&2; say 500 '{"error":"internal"}' ;;
              "hang POST") $bb sleep 1000 ;;
              "shape POST") say 200 '{"result":"ok"}' ;;
            esac
            case "$method $path" in
              "GET /v2/health/ready"|"GET /ping"|"GET /up") say 200 '' ;;
              "GET /v2/models/weather") say 200 '{"name":"weather","platform":"shell","inputs":[{"name":"x","datatype":"FP64","shape":[-1,2]}],"outputs":[]}' ;;
              "POST /v2/models/weather/infer") say 200 '{"model_name":"weather","outputs":[{"name":"y","datatype":"FP64","shape":[1],"data":[0.5]}]}' ;;
              "POST /invocations") say 200 '{"predictions":[0.5]}' ;;
              "GET /v1/models/weather") say 200 '{"model_version_status":[{"version":"1","state":"AVAILABLE"}]}' ;;
              "POST /v1/models/weather:predict") say 200 '{"predictions":[[0.5]]}' ;;
              "POST /predict") say 200 '{"weather":"sun"}' ;;
              *) say 404 '{"error":"no such path"}' ;;
            esac
            """;

    final Project project;
    final int port;
    private final Path folder;

    ServedProject(Path folder) throws Exception {
        this.folder = folder;
        this.port = TestDaemon.freePort();
        this.project = new Project(folder);
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(TestDaemon.busybox(), folder.resolve("bin/busybox"));
        project.write("serve.sh", SERVER).write("example.csv", "a,b\n1,2\n");
        project.files = List.of("serve.sh", "bin/busybox");
        project.image = "mlcicd-test/weather:" + UUID.randomUUID();
        project.command = List.of(
                "/app/bin/busybox",
                "nc",
                "-ll",
                "-p",
                String.valueOf(port),
                "-e",
                "/app/bin/busybox",
                "sh",
                "/app/serve.sh");
        serving(ServingProtocol.V2, "good");
    }

    /** Lets the image's program listen, and what packaging waits for. */
    ServedProject serving(ServingProtocol protocol, String mode) throws Exception {
        project.env = Map.of("MODE", mode);
        Optional<Path> smoke = Optional.empty();
        if (protocol == ServingProtocol.OWN) {
            project.write("smoke.yml", """
                    requests: [{ name: sunny, method: POST, path: /predict, body: {}, expect: { json: { weather: sun } } }]
                    """);
            smoke = Optional.of(folder.resolve("smoke.yml"));
        }
        project.serveCheck = Optional.of(new ServingContract(
                protocol,
                port,
                "weather",
                "/up",
                Optional.of(folder.resolve("example.csv")),
                smoke,
                Optional.empty(),
                Duration.ofSeconds(mode.equals("good") ? 20 : 3),
                2));
        return this;
    }
}
