package io.mlcicd.deployment.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** What an API server's refusals mean for the user; status codes by the Kubernetes API conventions. */
final class ClusterErrors {

    private ClusterErrors() {}

    /** Whether the thread was interrupted while it waited for the answer. */
    static boolean interrupted(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptedIOException) {
                return !(cause instanceof SocketTimeoutException);
            }
        }
        return false;
    }

    static RuntimeException told(String server, String what, ObjectKind kind, KubernetesClientException error) {
        String said = said(error);
        String begin = "the cluster " + server + " did not " + what + ": ";
        return switch (error.getCode()) {
            case -1, 0 ->
                new OutsideSystemException(
                        "the cluster " + server + " does not answer (" + deepest(error) + "); to " + what
                                + " it must be reachable: check the context of the kubeconfig and the network",
                        error);
            case 401 ->
                new OutsideSystemException(
                        begin + said
                                + " (401); the credentials of the kubeconfig are missing or have expired: log in again",
                        error);
            case 403 ->
                new OutsideSystemException(
                        begin + said + " (403); give the account the right to use " + kind.resource()
                                + ", see the permissions in docs/deployment-targets.md",
                        error);
            case 400, 422 ->
                new InvalidInputException(
                        begin + said + " (" + error.getCode() + "); correct the section deploy.kubernetes", error);
            case 404 -> new InvalidInputException(begin + said + " (404); " + missing(kind), error);
            default ->
                new OutsideSystemException(
                        begin + said + " (" + error.getCode() + "); try again later, or look at the cluster", error);
        };
    }

    private static String missing(ObjectKind kind) {
        return kind == ObjectKind.INFERENCE_SERVICE
                ? "install KServe in the cluster, or set deploy.kubernetes.kserve to false"
                : "create the namespace first, or correct deploy.kubernetes.namespace";
    }

    private static String said(KubernetesClientException error) {
        return Optional.ofNullable(error.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .orElseGet(() -> deepest(error))
                .replaceAll("\\s+", " ");
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
