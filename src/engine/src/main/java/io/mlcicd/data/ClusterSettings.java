package io.mlcicd.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How an engine on a cluster is reached.
 *
 * @param submit the program that starts it; found by itself when left out
 * @param master the cluster, as that program takes it: {@code local[*]}, {@code spark://host:7077}, {@code yarn}, {@code
 *     k8s://https://host:6443}; what the program is configured for when left out
 * @param conf settings of the engine, by their own names
 * @param options more arguments of the program, handed on as they are
 * @param environment variables for the program beside those of this process
 */
public record ClusterSettings(
        Optional<String> submit,
        Optional<String> master,
        Map<String, String> conf,
        List<String> options,
        Map<String, String> environment) {

    /** What of a caller's environment the program and its libraries look at. */
    private static final List<String> VARIABLES = List.of(
            "PATH",
            "JAVA_HOME",
            "SPARK_HOME",
            "SPARK_CONF_DIR",
            "SPARK_LOCAL_IP",
            "HADOOP_HOME",
            "HADOOP_CONF_DIR",
            "HADOOP_USER_NAME",
            "YARN_CONF_DIR",
            "KRB5_CONFIG",
            "KRB5CCNAME",
            "KUBECONFIG",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "AWS_REGION",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "AZURE_CLIENT_ID",
            "AZURE_CLIENT_SECRET",
            "AZURE_TENANT_ID");

    /** All as the program has it. */
    public static final ClusterSettings FOUND =
            new ClusterSettings(Optional.empty(), Optional.empty(), Map.of(), List.of());

    /** In the environment of this process. */
    public ClusterSettings(
            Optional<String> submit, Optional<String> master, Map<String, String> conf, List<String> options) {
        this(submit, master, conf, options, Map.of());
    }

    public ClusterSettings {
        conf = Map.copyOf(new TreeMap<>(conf));
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /**
     * The same in a caller's environment, such as that of a build's step.
     *
     * @param lookup answers null for a variable that is not set
     */
    public ClusterSettings in(Function<String, String> lookup) {
        Map<String, String> found = new TreeMap<>();
        for (String name : VARIABLES) {
            String value = lookup.apply(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return new ClusterSettings(submit, master, conf, options, found);
    }

    /** Values of settings and variables may be secrets, and stay unsaid. */
    @Override
    public String toString() {
        return "ClusterSettings[submit=%s, master=%s, conf=%s, options=%d, environment=%s]"
                .formatted(submit, master, new TreeMap<>(conf).keySet(), options.size(), environment.keySet());
    }
}
