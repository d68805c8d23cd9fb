package io.jenkins.plugins.mlcicd.run;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.document.YamlDocument.Replacement;
import java.util.List;
import java.util.Map;

/**
 * The login to an image registry. It is looked up on the controller each time a stage runs and travels to the agent in
 * the environment of that one call; only the names of its variables are written anywhere.
 */
public final class RegistryLogin {

    private static final String USERNAME = "MLCICD_REGISTRY_USERNAME";
    private static final String PASSWORD = "MLCICD_REGISTRY_PASSWORD";

    private RegistryLogin() {}

    /** Tells the engine which variables hold the login. */
    public static Replacement replacement() {
        return new Replacement(
                "/package/credentials",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("usernameVariable", USERNAME)
                        .put("passwordVariable", PASSWORD),
                "registry");
    }

    static Map<String, String> variables(StageTask.Registry registry, Run<?, ?> run) throws AbortException {
        List<DomainRequirement> where = registry.url()
                .map(url -> URIRequirementBuilder.fromUri(url).build())
                .orElse(List.of());
        StandardUsernamePasswordCredentials login = CredentialsProvider.findCredentialById(
                registry.credentialsId(), StandardUsernamePasswordCredentials.class, run, where);
        if (login == null) {
            throw new AbortException(Messages.RegistryLogin_missing(registry.credentialsId()));
        }
        CredentialsProvider.track(run, login);
        return Map.of(
                USERNAME, login.getUsername(),
                PASSWORD, login.getPassword().getPlainText());
    }
}
