package io.jenkins.plugins.mlcicd.run;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.document.YamlDocument.Replacement;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The private key that signs an image. Like the {@link RegistryLogin} it is looked up on the controller each time a stage
 * runs and travels to the agent in the environment of that one call; no file holds it there.
 */
public final class SigningCredentials {

    private static final String KEY = "MLCICD_SIGNING_KEY";
    private static final String PASSWORD = "MLCICD_SIGNING_PASSWORD";
    private static final int LONGEST = 1 << 16;

    private SigningCredentials() {}

    /**
     * Tells the engine which variables hold the key and its password, in place of what the file says.
     *
     * @param option the option that names the key's credentials, for messages
     * @param password whether the key has one
     */
    public static List<Replacement> replacements(String option, boolean password) {
        List<Replacement> all = new ArrayList<>(Replacement.without(option, "/package/sign"));
        all.add(new Replacement("/package/sign/keyEnv", TextNode.valueOf(KEY), option));
        if (password) {
            all.add(new Replacement("/package/sign/passwordEnv", TextNode.valueOf(PASSWORD), option));
        }
        return List.copyOf(all);
    }

    /**
     * Key and password by the names of their variables.
     *
     * @throws AbortException when there are no such credentials, or they hold no key that can be opened
     */
    static Map<String, String> variables(StageTask.Signing signing, Run<?, ?> run) throws IOException {
        Map<String, String> variables = new HashMap<>();
        String key = secret(signing.credentialsId(), run);
        variables.put(KEY, key);
        Optional<String> password = Optional.empty();
        if (signing.passwordId().isPresent()) {
            password = Optional.of(secret(signing.passwordId().get(), run));
            variables.put(PASSWORD, password.get());
        }
        try {
            SigningKey.parse(key, Messages.SigningCredentials_name(signing.credentialsId()), password);
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
        return variables;
    }

    private static String secret(String id, Run<?, ?> run) throws IOException {
        StandardCredentials credentials =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of());
        CredentialsProvider.track(run, credentials);
        if (credentials instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        if (credentials instanceof FileCredentials file) {
            try (InputStream content = file.getContent()) {
                return new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8);
            }
        }
        throw new AbortException(Messages.SigningCredentials_missing(id));
    }
}
