package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mlcicd.document.Json;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills real runs in processes of their own, at the moment a stage begins to work. */
@Timeout(180)
class KilledRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void makeProject() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        StringBuilder rows = new StringBuilder("id,temp\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i).append(',').append(i % 20).append('\n');
        }
        write("data.csv", rows.toString());
        write("contract.yml", "contract: c\ncolumns:\n  temp: { type: number, min: 0, max: 50 }\n");
        write("predictions.csv", "y,p\n1,1\n0,0\n");
        write("smoke.yml", "requests:\n  - { name: it answers, path: /predict, expect: { contains: model } }\n");
        write("pause", "0");
        write("weights", "model 1");
        write("mlcicd.yml", """
                model: { name: killed, task: binary }
                data: { train: { path: data.csv, contract: contract.yml } }
                train: { command: [sh, -c, "echo training; sleep $(cat pause); mkdir -p build; cat weights > build/model"] }
                evaluate: { predictions: predictions.csv, label: y, prediction: p }
                package: { model: build/model, image: "killed:1" }
                deploy:
                  command: ["%s", -Xmx32m, -cp, "%s", %s, "${port}", build/model]
                  port: %d
                  smoke: smoke.yml
                  drain: 1s
                drift: { reference: train, current: train }
                """.formatted(java(), classes(), SlowService.class.getName(), port));
    }

    @AfterEach
    void stopEverything() {
        CommandRun.of("undeploy", folder.toString(), "--purge");
    }

    @ParameterizedTest
    @CsvSource({
        "training,             KILL, 137",
        "training,             INT,  130",
        "building killed:1,    KILL, 137",
        "starting release,     KILL, 137",
        "waiting for /health,  TERM, 143",
        "switching over,       KILL, 137"
    })
    void leavesTheOldReleaseServingNoHalfFileAndNoOrphan(String moment, String signal, int code) throws Exception {
        assumeFalse(
                signal.equals("INT") && interruptsAreIgnored(),
                "a shell started this build in the background, where SIGINT is ignored");
        CommandRun first = CommandRun.of("run", folder.toString());
        assertThat(first.code()).as(first.err()).isEqualTo(0);
        write("pause", moment.equals("training") ? "300" : "0");
        write("weights", "model 2");

        Process run = start();
        awaitLine(run, moment);
        new ProcessBuilder("kill", "-" + signal, String.valueOf(run.pid()))
                .start()
                .waitFor();
        assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(run.exitValue()).isEqualTo(code);
        assertThat(predict()).contains("model");
        await(() -> children().size() == 1);
        try (Stream<Path> files = Files.walk(folder.resolve(".mlcicd"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                assertThat(Json.read(file)).as(file.toString()).isNotEmpty();
            }
        }
        write("pause", "0");
        CommandRun again = CommandRun.of("run", folder.toString());
        assertThat(again.code()).as(again.err()).isEqualTo(0);
        assertThat(predict()).contains("model 2");
    }

    /** A service that takes a moment to become ready: {@code PORT MODEL}. */
    public static final class SlowService {
        private SlowService() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Thread.sleep(300);
            com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(
                    new java.net.InetSocketAddress(
                            java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
                    50);
            byte[] body = Files.readAllBytes(Path.of(arguments[1]));
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile())
                .start();
    }

    private void awaitLine(Process run, String text) throws Exception {
        await(() -> {
            assertThat(run.isAlive()
                            || Files.readString(folder.resolve("run.log")).contains(text))
                    .as(Files.readString(folder.resolve("run.log")))
                    .isTrue();
            return Files.readString(folder.resolve("run.log")).contains(text);
        });
    }

    /** Processes that work in the project's folder or in one of its releases, other than supervisors. */
    private List<ProcessHandle> children() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    try {
                        Path place = Path.of("/proc", String.valueOf(process.pid()), "cwd")
                                .toRealPath();
                        return place.startsWith(folder.toRealPath());
                    } catch (IOException e) {
                        return false;
                    }
                })
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> !line.contains("SupervisorMain"))
                        .isPresent())
                .toList();
    }

    private String predict() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Processes inherit it, and the JVM leaves a signal alone that was ignored from the beginning. */
    private static boolean interruptsAreIgnored() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> (mask & 0b10) != 0);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("a condition did not come true in time")
                    .isLessThan(until);
            Thread.sleep(5);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classes() {
        return System.getProperty("java.class.path").split(File.pathSeparator)[0];
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
