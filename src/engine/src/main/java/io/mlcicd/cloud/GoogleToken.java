package io.mlcicd.cloud;

import com.google.auth.oauth2.GoogleCredentials;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** An access token by the Application Default Credentials, renewed when it expires. */
public final class GoogleToken implements Supplier<String> {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private Optional<GoogleCredentials> credentials = Optional.empty();

    @Override
    public synchronized String get() {
        GoogleCredentials found = credentials.orElseGet(GoogleToken::find);
        credentials = Optional.of(found);
        try {
            found.refreshIfExpired();
            return found.getAccessToken().getTokenValue();
        } catch (IOException e) {
            throw new OutsideSystemException(
                    "Google gave no access token for the Application Default Credentials (" + e.getMessage()
                            + "); log in again (gcloud auth application-default login)",
                    e);
        }
    }

    private static GoogleCredentials find() {
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "no Google credentials were found: set GOOGLE_APPLICATION_CREDENTIALS to the"
                            + " file of a service account, or run 'gcloud auth application-default login', or run where the"
                            + " machine has a service account",
                    e);
        }
    }
}
