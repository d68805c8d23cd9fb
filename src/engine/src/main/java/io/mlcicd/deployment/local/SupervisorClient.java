package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives orders to a running supervisor. */
final class SupervisorClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ProcessHandle process;
    private final URI address;
    private final String token;

    private SupervisorClient(Fields control, ProcessHandle process) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + control.require("port"));
        this.token = control.require("token");
    }

    /** Where a supervisor tells how to give it orders. */
    static Path control(DeploymentHome home) {
        return home.folder().resolve(SupervisorMain.CONTROL_FILE);
    }

    /** The supervisor of that deployment, if one runs and answers. */
    static Optional<SupervisorClient> find(DeploymentHome home) throws InterruptedException {
        Fields control;
        try {
            control = Fields.parse(Files.readString(control(home)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + control(home) + ": " + e.getMessage(), e);
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(control.require("pid"))).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        SupervisorClient client = new SupervisorClient(control, process.get());
        try {
            boolean ending =
                    Boolean.parseBoolean(client.order("/status", Fields.of()).require("ending"));
            if (!ending) {
                return Optional.of(client);
            }
            client.awaitEnd(home);
            return Optional.empty();
        } catch (OutsideSystemException e) {
            // The process of that number is another one by now.
            return Optional.empty();
        }
    }

    /**
     * Waits until the supervisor's process, having been told to end, is gone.
     *
     * @throws OutsideSystemException when it does not end
     */
    void awaitEnd(DeploymentHome home) throws InterruptedException {
        try {
            process.onExit().get(END.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new OutsideSystemException("the supervisor does not end; see " + SupervisorProgram.log(home), e);
        }
    }

    /**
     * Gives an order and returns how things stand then.
     *
     * @throws OutsideSystemException when the supervisor refuses or does not answer
     */
    Fields order(String path, Fields request) throws InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(address.resolve(path))
                .timeout(ANSWER)
                .header("X-Token", token)
                .POST(BodyPublishers.ofString(request.text()))
                .build();
        try {
            HttpResponse<String> answer = http.send(post, BodyHandlers.ofString());
            Fields fields = Fields.parse(answer.body());
            if (answer.statusCode() != 200) {
                throw new OutsideSystemException("the supervisor refused " + path.substring(1) + ": "
                        + fields.find("error").orElse("no reason"));
            }
            return fields;
        } catch (IOException e) {
            throw new OutsideSystemException("the supervisor does not answer: " + e, e);
        }
    }
}
