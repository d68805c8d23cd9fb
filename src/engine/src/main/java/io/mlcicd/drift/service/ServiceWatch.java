package io.mlcicd.drift.service;

import io.mlcicd.operation.Progress;

/**
 * Tells how a service has been doing: latency, errors and load.
 *
 * <p>Metrics: {@code service.latency.p50}, {@code .p90}, {@code .p95}, {@code .p99} and {@code .mean} in milliseconds,
 * {@code service.errors.share} from 0 to 1, {@code service.requests.perSecond} and {@code service.requests}. One that could
 * not be told is missing, and {@link ServiceFindings#absent()} says why.
 */
public final class ServiceWatch {

    private ServiceWatch() {}

    /**
     * Observes a service.
     *
     * @throws io.mlcicd.operation.InvalidInputException when what was read cannot be understood, or the request cannot be
     *     carried out as it stands
     * @throws io.mlcicd.operation.OutsideSystemException when an endpoint or server cannot be read
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static ServiceFindings observe(ServiceRequest request, Progress progress) throws InterruptedException {
        if (request.source() instanceof ServiceSource.PrometheusEndpoint endpoint) {
            return new EndpointObservation(endpoint, progress).findings();
        }
        if (request.source() instanceof ServiceSource.PrometheusServer server) {
            return new ServerQueries(server, progress).findings();
        }
        return new LogObservation((ServiceSource.AccessLog) request.source(), progress).findings();
    }
}
