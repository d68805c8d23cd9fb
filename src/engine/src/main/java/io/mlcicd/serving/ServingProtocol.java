package io.mlcicd.serving;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The protocols that model servers speak over HTTP. */
public enum ServingProtocol {
    /**
     * Open inference protocol, REST (KServe, Triton, MLServer, TorchServe). Source: kserve/open-inference-protocol,
     * {@code specification/protocol/inference_rest.md}, version 2.
     */
    V2(8080),
    /** MLflow's scoring server. Source: MLflow documentation, "Deploy MLflow model as a local inference server", 2.x. */
    MLFLOW(5000),
    /** TensorFlow Serving's RESTful API. Source: tensorflow/serving, {@code tensorflow_serving/g3doc/api_rest.md}. */
    TENSORFLOW(8501),
    /** The model's own: a path that tells whether it is ready, and requests from a smoke file. */
    OWN(8080);

    private final int usualPort;

    ServingProtocol(int usualPort) {
        this.usualPort = usualPort;
    }

    /** The port that servers of this protocol listen on unless told otherwise. */
    public int usualPort() {
        return usualPort;
    }

    /** As {@code mlcicd.yml} writes it. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
