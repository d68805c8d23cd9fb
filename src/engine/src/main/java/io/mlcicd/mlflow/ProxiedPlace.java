package io.mlcicd.mlflow;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder behind a server's proxy. Source: {@code mlflow_artifacts.proto} of MLflow 2.10.
 *
 * @param base the address of the server with the proxy, which may be another one
 * @param below the folder's path there
 */
record ProxiedPlace(MlflowHttp http, String base, String below) implements ArtifactPlace {

    private static final String ARTIFACTS = "mlflow-artifacts/artifacts";

    /** Whether an address is one of the proxy's. */
    static boolean is(String address) {
        return address.startsWith("mlflow-artifacts:");
    }

    static ProxiedPlace of(MlflowHttp http, String address) {
        URI place = URI.create(address.replace(" ", "%20"));
        URI server = http.server().address();
        return new ProxiedPlace(
                http,
                place.getAuthority() == null ? server.toString() : server.getScheme() + "://" + place.getAuthority(),
                place.getPath().replaceFirst("^/+", ""));
    }

    /** The path of a file below the API's. */
    String file(String path) {
        return ARTIFACTS + "/"
                + Arrays.stream((below + "/" + path).split("/", -1))
                        .map(MlflowHttp::encoded)
                        .collect(Collectors.joining("/"));
    }

    @Override
    public MlflowAnswer list(String path, Optional<String> page) throws InterruptedException {
        return http.getAt(base, ARTIFACTS + "?path=" + MlflowHttp.encoded(path.isEmpty() ? below : below + "/" + path));
    }

    /** It tells names alone. */
    @Override
    public String told(String path) {
        return "";
    }

    @Override
    public String address(String path) {
        return MlflowHttp.api(base, file(path));
    }
}
