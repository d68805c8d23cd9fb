package io.mlcicd.deployment.kubernetes;

import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a model is run on a cluster.
 *
 * @param kubeconfig the file that names the cluster; the usual resolution when empty ({@code KUBECONFIG},
 *     {@code ~/.kube/config}, the service account of a pod)
 * @param context the context in it; the current one when empty
 * @param namespace where everything lives; the context's when empty
 * @param replicas pods of a release that has the whole traffic, at least 1
 * @param maxReplicas pods of both releases together during a canary; more make its shares finer; above {@code replicas}
 * @param port the container's port
 * @param servicePort the Service's port
 * @param serviceType {@code ClusterIP}, {@code NodePort} or {@code LoadBalancer}
 * @param requests resource name to quantity, such as {@code cpu: 500m}
 * @param limits resource name to quantity
 * @param serviceAccount the pods'; the namespace's default when empty
 * @param imagePullSecrets names of Secrets
 * @param secretEnv environment variable to the key of a Secret that is there already
 * @param labels more labels of the pods
 * @param annotations more annotations of the pods
 * @param kserve whether an InferenceService runs it, instead of Deployment and Service
 * @param url where clients reach it, when something outside (an Ingress) leads there
 * @param reach how the deployer itself asks a release that has no traffic yet
 * @param figures where live figures come from; none when empty
 * @param drain how long an old release may finish its requests once it has no traffic
 */
public record KubernetesSettings(
        Optional<Path> kubeconfig,
        Optional<String> context,
        Optional<String> namespace,
        int replicas,
        int maxReplicas,
        int port,
        int servicePort,
        String serviceType,
        Map<String, String> requests,
        Map<String, String> limits,
        Optional<String> serviceAccount,
        List<String> imagePullSecrets,
        Map<String, SecretKey> secretEnv,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean kserve,
        Optional<URI> url,
        Reach reach,
        Optional<Figures> figures,
        Duration drain)
        implements TargetSettings {

    /** The word for it in {@code deploy.target}. */
    public static final String KIND = "kubernetes";

    /** The port of a container when nothing else is set. */
    public static final int DEFAULT_PORT = 8080;

    /** The port of a Service when nothing else is set. */
    public static final int DEFAULT_SERVICE_PORT = 80;

    public KubernetesSettings {
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
        imagePullSecrets = List.copyOf(imagePullSecrets);
        secretEnv = Map.copyOf(secretEnv);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /**
     * One value in a Secret.
     *
     * @param secret the Secret's name
     * @param key the value's key in it
     */
    public record SecretKey(String secret, String key) {}

    /**
     * Queries to a Prometheus server, each for one number; latencies in seconds, as is Prometheus' custom.
     *
     * @param server its address
     * @param requests how many requests the pods got
     * @param errors how many of them failed
     * @param p50 median latency
     * @param p95 95th percentile of the latency
     * @param p99 99th percentile of the latency
     */
    public record Figures(
            URI server,
            String requests,
            String errors,
            Optional<String> p50,
            Optional<String> p95,
            Optional<String> p99) {}

    /** What shares and figures allow. */
    Set<Ability> abilities() {
        return figures.isPresent() ? Set.of(Ability.SHARES, Ability.FIGURES) : Set.of(Ability.SHARES);
    }

    /** How the deployer reaches pods. */
    public enum Reach {
        /** By the pod's address, as from a pod of the same cluster. */
        CLUSTER,
        /** Through the API server, as {@code kubectl port-forward} does. */
        PORT_FORWARD,
        /** Not at all: only the cluster's own probes tell whether a release is ready. */
        NONE;

        /** What fits where this program runs. */
        public static Reach usual() {
            return Connection.inCluster() ? CLUSTER : PORT_FORWARD;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Target open(DeploymentHome home) {
        Naming naming = Naming.of(home.name());
        return kserve ? new KserveTarget(this, naming) : new DeploymentTarget(this, naming);
    }
}
