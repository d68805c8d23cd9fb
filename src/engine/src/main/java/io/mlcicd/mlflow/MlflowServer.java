package io.mlcicd.mlflow;

import io.mlcicd.lineage.RemoteUrl;
import io.mlcicd.operation.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * An MLflow tracking server and how to log in to it. Source of the variables' names: MLflow 2.10, {@code
 * mlflow/environment_variables.py} and {@code mlflow/utils/credentials.py}.
 */
public final class MlflowServer {

    /** The variable with the server's address. */
    public static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final String INSECURE = "MLFLOW_TRACKING_INSECURE_TLS";
    private static final String CERTIFICATES = "MLFLOW_TRACKING_SERVER_CERT_PATH";

    private final URI address;
    private final Optional<String> authorization;
    private final boolean insecure;
    private final Optional<Path> certificates;

    private MlflowServer(URI address, Optional<String> authorization, boolean insecure, Optional<Path> certificates) {
        this.address = address;
        this.authorization = authorization;
        this.insecure = insecure;
        this.certificates = certificates;
    }

    /**
     * The server at an address, with what the environment says of logging in.
     *
     * @param address such as {@code https://mlflow.example}
     * @param environment looks up environment variables; null for one that is not set
     * @throws InvalidInputException when it is no address of a server; the message does not repeat what may be a password
     */
    public static MlflowServer of(String address, Function<String, String> environment) {
        URI uri = parsed(address);
        Optional<String> login = value(environment, TOKEN)
                .map(token -> "Bearer " + token)
                .or(() -> value(environment, USER)
                        .map(user ->
                                basic(user + ":" + value(environment, PASSWORD).orElse(""))))
                .or(() -> Optional.ofNullable(uri.getUserInfo()).map(MlflowServer::basic));
        return new MlflowServer(
                withoutUser(uri),
                login,
                value(environment, INSECURE).filter("true"::equalsIgnoreCase).isPresent(),
                value(environment, CERTIFICATES).map(Path::of));
    }

    private static URI parsed(String address) {
        try {
            URI uri = new URI(address.strip().replaceFirst("/+$", ""));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The same sentence serves; the address may hold a password, so it is not repeated.
        }
        throw new InvalidInputException("the address of the MLflow server must be like https://mlflow.example; a folder"
                + " or a database can be served by: mlflow server --backend-store-uri URI");
    }

    private static URI withoutUser(URI uri) {
        try {
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a part of an address is one", e);
        }
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> value(Function<String, String> environment, String name) {
        return Optional.ofNullable(environment.apply(name)).filter(text -> !text.isBlank());
    }

    URI address() {
        return address;
    }

    /** The value of the header {@code Authorization}. */
    Optional<String> authorization() {
        return authorization;
    }

    /** Whether any certificate of the server is taken, which lets anybody between listen. */
    public boolean insecure() {
        return insecure && address.getScheme().equalsIgnoreCase("https");
    }

    Optional<Path> certificates() {
        return certificates;
    }

    /** The address, without credentials. */
    @Override
    public String toString() {
        return RemoteUrl.withoutCredentials(address.toString()).orElse("MLflow");
    }
}
