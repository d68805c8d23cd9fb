package io.mlcicd.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits until a service is ready, asks it, and judges its answers by the protocol it is to speak. */
public final class ServeCheck {

    private static final long LOOK_AGAIN_MILLIS = 100;

    /** A single look takes no longer, for a service that starts may leave its first caller hanging. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(5);

    /** The program that is to serve. */
    public interface ServedProgram {

        /** How it ended, such as "ended with exit code 1"; empty while it runs. */
        Optional<String> ended() throws InterruptedException;

        /** The last lines it printed. */
        List<String> log() throws InterruptedException;
    }

    private final ServingContract contract;
    private final Optional<ExampleInput> example;
    private final Optional<SmokeRequests> smoke;
    private final Progress progress;

    private ServeCheck(
            ServingContract contract,
            Optional<ExampleInput> example,
            Optional<SmokeRequests> smoke,
            Progress progress) {
        this.contract = contract;
        this.example = example;
        this.smoke = smoke;
        this.progress = progress;
    }

    /**
     * Reads all that is to be asked, so that a bad file is told before anything is started.
     *
     * @param model the model's file or folder, which may bring an example along
     * @throws InvalidInputException when a file is wrong, or there is nothing to ask
     */
    public static ServeCheck prepare(ServingContract contract, Path model, Progress progress) {
        Optional<ExampleInput> example = contract.protocol() == ServingProtocol.OWN
                ? Optional.empty()
                : contract.example().map(ExampleFile::read).or(() -> ModelExamples.of(model));
        if (example.isEmpty() && contract.protocol() == ServingProtocol.MLFLOW) {
            throw nothingToAsk();
        }
        return new ServeCheck(contract, example, contract.smoke().map(SmokeRequests::read), progress);
    }

    private static InvalidInputException nothingToAsk() {
        return new InvalidInputException(
                "package.serve.example: there is no example to ask the model about; name a JSON"
                        + " or CSV file with one, for neither the model (MLmodel) nor its server tells what its inputs are");
    }

    /** Asks the service at this address. */
    public ServeReport run(URI address, ServedProgram program) throws InterruptedException {
        ServiceClient service = new ServiceClient(address, contract.timeout());
        ProtocolDialect dialect = switch (contract.protocol()) {
            case V2 -> new OpenInference(contract.name());
            case MLFLOW -> new MlflowScoring();
            case TENSORFLOW -> new TensorFlowServing(contract.name());
            case OWN -> new OwnCommand(contract.healthPath());
        };
        long begun = System.nanoTime();
        Optional<String> notReady = awaitReady(service, dialect, program);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (notReady.isPresent()) {
            progress.line(notReady.get());
            return new ServeReport(contract.protocol(), false, seconds, List.of(), notReady, program.log());
        }
        List<ServeAnswer> answers = new ArrayList<>(example(service, dialect));
        if (smoke.isPresent()) {
            answers.addAll(smoke.get().ask(service));
        }
        Optional<String> failure = failure(answers, program);
        failure.ifPresent(progress::line);
        return new ServeReport(
                contract.protocol(), true, seconds, answers, failure, failure.isPresent() ? program.log() : List.of());
    }

    private Optional<String> awaitReady(ServiceClient service, ProtocolDialect dialect, ServedProgram program)
            throws InterruptedException {
        ServiceClient quick = service.within(ONE_LOOK);
        long deadline = System.nanoTime() + contract.timeout().toNanos();
        while (true) {
            Optional<String> missing = dialect.notReady(quick);
            // Asked even when something answers: it may be another program that has the dead one's port.
            Optional<String> ended = program.ended();
            if (ended.isPresent()) {
                return Optional.of("the service " + ended.get() + " before it was ready");
            }
            if (missing.isEmpty()) {
                return Optional.empty();
            }
            if (System.nanoTime() >= deadline) {
                return Optional.of("the service was not ready after %s s: %s"
                        .formatted(contract.timeout().toMillis() / 1e3, missing.get()));
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private List<ServeAnswer> example(ServiceClient service, ProtocolDialect dialect) throws InterruptedException {
        if (contract.protocol() == ServingProtocol.OWN) {
            return List.of();
        }
        ProtocolDialect.Prepared request = dialect.prepare(service, example).orElseThrow(ServeCheck::nothingToAsk);
        List<ServeAnswer> answers = new ArrayList<>();
        boolean answering = true;
        for (int i = 0; i < contract.requests() && answering; i++) {
            progress.step("asking " + request.path(), Double.NaN);
            Answer answer = service.post(request.path(), request.body());
            answers.add(ServeAnswer.of("POST " + request.path(), answer, wrong(dialect, request, answer)));
            // Whoever left one caller waiting in vain need not do so to others.
            answering = answer.failure().isEmpty();
        }
        return answers;
    }

    private Optional<String> wrong(ProtocolDialect dialect, ProtocolDialect.Prepared request, Answer answer) {
        Optional<String> unexpected =
                contract.expect().orElse(Expectation.ANY_SUCCESS).wrong(answer);
        if (unexpected.isPresent() || !answer.successful()) {
            return unexpected;
        }
        try {
            JsonNode content = Json.mapper().readTree(answer.body());
            return dialect.wrong(content, request.rows()).map(what -> what + "; it is " + answer.quoted());
        } catch (JsonProcessingException e) {
            return Optional.of("the answer is no valid JSON (%s); it is %s"
                    .formatted(Answer.shortened(e.getOriginalMessage()), answer.quoted()));
        }
    }

    private static Optional<String> failure(List<ServeAnswer> answers, ServedProgram program)
            throws InterruptedException {
        List<ServeAnswer> wrong =
                answers.stream().filter(answer -> !answer.passed()).toList();
        Optional<String> ended = program.ended();
        if (!wrong.isEmpty()) {
            return Optional.of("%d of %d requests failed, the first: '%s': %s%s"
                    .formatted(
                            wrong.size(),
                            answers.size(),
                            wrong.get(0).name(),
                            wrong.get(0).message(),
                            ended.map(how -> "; the service " + how).orElse("")));
        }
        return ended.map(how -> "the service " + how + " after it had answered");
    }
}
