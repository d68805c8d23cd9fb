package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One request and its answer. A release that does not begin an answer is left for the other one: always when it refused
 * the connection, else when the request may be sent twice. Once an answer has begun, there is no way back.
 */
final class Exchange {

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpConnection connection;
    private final Request request;
    private final Wire client;
    private final OutputStream out;
    private final Traffic traffic;
    private final Executor pumps;

    /** The client did not wait for its answer, which is no fault of the release. */
    private static final class ClientGone extends IOException {
        private static final long serialVersionUID = 1;

        ClientGone(IOException cause) {
            super(cause);
        }
    }

    /** How an attempt with one release went. */
    private enum Attempt {
        ANSWERED,
        ANSWERED_LAST,
        REFUSED,
        SILENT,
        BROKEN
    }

    Exchange(
            HttpConnection connection,
            Request request,
            Wire client,
            OutputStream out,
            Traffic traffic,
            Executor pumps) {
        this.connection = connection;
        this.request = request;
        this.client = client;
        this.out = out;
        this.traffic = traffic;
        this.pumps = pumps;
    }

    /** Answers the request; whether another may follow on this connection. */
    boolean run() throws IOException {
        Traffic.Choice choice = traffic.request();
        if (choice.lane().isEmpty()) {
            Refusal.UNAVAILABLE.write(out, "no release serves");
            return false;
        }
        Lane first = choice.lane().get();
        Optional<Lane> other = choice.split().otherThan(first);
        Attempt attempt;
        try {
            attempt = attempt(first, choice.split());
        } finally {
            first.service().closed();
        }
        if (isFailure(attempt)
                && other.isPresent()
                && mayGoElsewhere(attempt, choice.split().options())) {
            other.get().service().opened();
            try {
                attempt = attempt(other.get(), choice.split());
            } finally {
                other.get().service().closed();
            }
        }
        if (isFailure(attempt)) {
            Refusal refusal = attempt == Attempt.SILENT ? Refusal.TIMEOUT : Refusal.BAD_GATEWAY;
            refusal.write(out, "the release did not answer");
            return false;
        }
        return attempt == Attempt.ANSWERED;
    }

    private static boolean isFailure(Attempt attempt) {
        return attempt == Attempt.REFUSED || attempt == Attempt.SILENT || attempt == Attempt.BROKEN;
    }

    private boolean mayGoElsewhere(Attempt attempt, TrafficOptions options) {
        return request.replayable() && (attempt == Attempt.REFUSED || request.idempotent() || options.repeatable());
    }

    private Attempt attempt(Lane lane, Traffic.Split split) throws IOException {
        long started = System.nanoTime();
        Attempt attempt = send(lane, split, started, false);
        if (attempt == Attempt.BROKEN && request.replayable() && request.idempotent()) {
            // The release may have ended a connection that was kept from a request before.
            attempt = send(lane, split, started, true);
        }
        if (isFailure(attempt)) {
            lane.figures().unanswered(System.nanoTime() - started);
        }
        return attempt;
    }

    private Attempt send(Lane lane, Traffic.Split split, long started, boolean anew) throws IOException {
        Backend backend;
        try {
            backend = anew ? new Backend(lane.service()) : connection.backend(lane.service());
        } catch (IOException e) {
            return Attempt.REFUSED;
        }
        boolean kept = false;
        try {
            boolean impatient = lane.onTrial() && split.main().isPresent();
            backend.patience(impatient ? split.options().patience() : Duration.ZERO);
            Head answer;
            try {
                request.write(backend);
                answer = backend.in().answer();
                answer.status();
            } catch (SocketTimeoutException e) {
                return Attempt.SILENT;
            } catch (IOException e) {
                return Attempt.BROKEN;
            }
            while (answer.status() / 100 == 1 && answer.status() != 101) {
                if (!request.head().isOldVersion() && answer.status() != 100) {
                    out.write(answer.passedOn(answer.start(), List.of()));
                    out.flush();
                }
                answer = backend.in().answer();
            }
            if (answer.status() == 101) {
                tunnel(answer, backend);
                return Attempt.ANSWERED_LAST;
            }
            Capture capture = new Capture(
                    split.options().prediction().isPresent() || split.shadow().isPresent());
            boolean last = relay(lane, answer, backend, capture, started);
            int status = answer.status();
            lane.figures().answered(status, System.nanoTime() - started);
            Optional<Capture.Answer> seen =
                    capture.answer(answer, status, split.options().prediction());
            seen.ifPresent(one -> one.note(lane.figures().predictions()));
            Optional<String> id = requestId(split, answer, capture);
            if (singleAnswersAsked(split) && status / 100 == 2) {
                lane.answers().add(id, seen.flatMap(Capture.Answer::predicted));
            }
            split.shadow().filter(shadow -> request.kept()).ifPresent(shadow -> shadow.copy(request, seen, id));
            kept = !answer.closes() && Body.of(request.head(), answer).kind() != Body.Kind.TO_THE_END;
            if (kept) {
                connection.keep(lane.service(), backend);
            }
            return last ? Attempt.ANSWERED_LAST : Attempt.ANSWERED;
        } finally {
            if (!kept) {
                backend.close();
            }
        }
    }

    private static boolean singleAnswersAsked(Traffic.Split split) {
        return split.trial().isPresent() && split.options().requestId().isPresent();
    }

    private Optional<String> requestId(Traffic.Split split, Head answer, Capture capture) {
        return split.options()
                .requestId()
                .filter(place -> split.trial().isPresent())
                .flatMap(place -> RequestId.find(place, request, answer, capture.text(answer)));
    }

    /** Passes the answer on; whether it is the connection's last. */
    private boolean relay(Lane lane, Head answer, Backend backend, Capture capture, long started) throws IOException {
        Body body = Body.of(request.head(), answer);
        boolean rechunk = body.kind() == Body.Kind.TO_THE_END && !request.head().isOldVersion();
        boolean last = connection.leaving()
                || request.head().closes()
                || (body.kind() == Body.Kind.TO_THE_END && !rechunk)
                || (body.kind() == Body.Kind.CHUNKED && request.head().isOldVersion());
        List<Head.Field> added = new ArrayList<>();
        if (rechunk) {
            added.add(new Head.Field("Transfer-Encoding", "chunked"));
        }
        if (last) {
            added.add(new Head.Field("Connection", "close"));
        } else if (request.head().isOldVersion()) {
            added.add(new Head.Field("Connection", "keep-alive"));
        }
        out.write(answer.passedOn("HTTP/1.1" + answer.start().substring("HTTP/1.1".length()), added));
        try {
            body.copy(backend.in(), rechunk ? this::chunk : this::pass, capture::take);
        } catch (ClientGone e) {
            throw e;
        } catch (IOException e) {
            lane.figures().unanswered(System.nanoTime() - started);
            throw e;
        }
        if (rechunk) {
            out.write(LAST_CHUNK);
        }
        out.flush();
        return last;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
            out.flush();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private void chunk(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, offset, length);
            out.write(LINE_END);
            out.flush();
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /** After the change to another protocol, bytes go both ways until either side ends. */
    private void tunnel(Head answer, Backend backend) throws IOException {
        backend.patience(Duration.ZERO);
        List<Head.Field> upgrade = new ArrayList<>(List.of(new Head.Field("Connection", "Upgrade")));
        answer.find("upgrade").ifPresent(protocol -> upgrade.add(new Head.Field("Upgrade", protocol)));
        out.write(answer.passedOn(answer.start(), upgrade));
        out.flush();
        pumps.execute(() -> pump(client, backend.out(), backend));
        try {
            backend.in().copyToEnd(this::pass);
        } finally {
            Connection.close(connection.client());
        }
    }

    private static void pump(Wire from, OutputStream to, Backend backend) {
        try {
            from.copyToEnd((bytes, offset, length) -> {
                to.write(bytes, offset, length);
                to.flush();
            });
            backend.socket().shutdownOutput();
        } catch (IOException e) {
            backend.close();
        }
    }
}
