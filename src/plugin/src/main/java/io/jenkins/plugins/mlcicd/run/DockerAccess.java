package io.jenkins.plugins.mlcicd.run;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerDomainRequirement;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.KeyMaterial;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;

/**
 * The tool and the daemon that a step uses on its agent, for as long as it runs: the keys for the daemon lie on the agent
 * until this is closed.
 */
@SuppressWarnings("deprecation") // docker-commons' own factories still give the older kind of key material
final class DockerAccess implements AutoCloseable {

    private final Map<String, String> variables;
    private final KeyMaterial keys;

    private DockerAccess(Map<String, String> variables, KeyMaterial keys) {
        this.variables = variables;
        this.keys = keys;
    }

    /**
     * Installs the tool if need be, and puts the keys in place.
     *
     * @throws AbortException when there are no such credentials
     */
    static DockerAccess open(
            StageTask.Docker docker, Run<?, ?> run, FilePath workspace, EnvVars variables, TaskListener listener)
            throws IOException, InterruptedException {
        DockerServerEndpoint server = new DockerServerEndpoint(
                docker.uri().orElse(null), docker.credentialsId().orElse(null));
        if (docker.credentialsId().isPresent()) {
            require(docker.credentialsId().get(), run);
        }
        EnvVars access = new EnvVars();
        if (docker.tool().isPresent()) {
            Computer agent = workspace.toComputer();
            // Only the PATH that the tool's folder goes before; the rest is the build's.
            String path = variables.getOrDefault(
                    "PATH", agent == null ? "" : agent.getEnvironment().getOrDefault("PATH", ""));
            access.put("PATH", path);
            String program = DockerTool.getExecutable(
                    docker.tool().get(), agent == null ? null : agent.getNode(), listener, variables);
            FilePath folder = workspace.child(program).getParent();
            if (program.equals("docker") || folder == null) {
                throw new AbortException(
                        Messages.DockerAccess_noTool(docker.tool().get()));
            }
            access.override("PATH+DOCKER", folder.getRemote());
        }
        KeyMaterial keys =
                server.newKeyMaterialFactory(run, workspace.getChannel()).materialize();
        access.putAll(keys.env());
        return new DockerAccess(Map.copyOf(access), keys);
    }

    /** Without a check, the daemon would be asked without any keys and its refusal be a riddle. */
    private static void require(String credentialsId, Run<?, ?> run) throws AbortException {
        DockerServerCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId, DockerServerCredentials.class, run, List.of(new DockerServerDomainRequirement()));
        if (credentials == null) {
            throw new AbortException(Messages.DockerAccess_noCredentials(credentialsId));
        }
        CredentialsProvider.track(run, credentials);
    }

    /** What the program on the agent reads. */
    Map<String, String> variables() {
        return variables;
    }

    @Override
    public void close() throws IOException {
        keys.close();
    }
}
