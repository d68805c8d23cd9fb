package io.mlcicd.deployment.kubernetes;

import io.mlcicd.cloud.CloudHttp;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where clients reach a Service: outside by what is set, inside by the cluster's DNS name for it. */
final class Entrance {

    /** A cluster and its Ingress know of a switch after a while only. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long LOOK_MILLIS = 500;

    private Entrance() {}

    /** As it can be asked from here; empty when it cannot. */
    static Optional<URI> of(KubernetesSettings settings, Naming naming, String namespace) {
        if (settings.url().isPresent()) {
            return settings.url();
        }
        return settings.reach() == KubernetesSettings.Reach.CLUSTER
                ? Optional.of(URI.create(inside(settings, naming, namespace)))
                : Optional.empty();
    }

    static String shown(KubernetesSettings settings, Naming naming, String namespace) {
        return settings.url().map(URI::toString).orElseGet(() -> inside(settings, naming, namespace));
    }

    /** Waits until something answers there, or some time is over. */
    static void await(URI entrance, String path) throws InterruptedException {
        CloudHttp http = new CloudHttp();
        URI asked = URI.create(entrance.toString().replaceAll("/+$", "") + path);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            try {
                if (http.send("GET", asked, Map::of, "").good()) {
                    return;
                }
            } catch (OutsideSystemException e) {
                // Not yet; whoever asks for good after this tells why.
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static String inside(KubernetesSettings settings, Naming naming, String namespace) {
        return "http://" + naming.service() + "." + namespace + ".svc:" + settings.servicePort();
    }
}
