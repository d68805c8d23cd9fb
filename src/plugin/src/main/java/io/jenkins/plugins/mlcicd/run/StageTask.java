package io.jenkins.plugins.mlcicd.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.YamlDocument.Replacement;
import io.mlcicd.operation.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one step asks for, in a form that is saved with a running build and sent to an agent. A class rather than a
 * record, and text rather than types of the engine, because Pipeline's marshalling and Jenkins' class filter know
 * neither.
 */
public final class StageTask implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String dir;
    private final String replacements;
    private final Registry registry;

    /** Null for none, as in tasks that an earlier version began. */
    private final Docker docker;

    /** Null for none, as in tasks that an earlier version began. */
    private final Environment environment;

    /** Null for none, as in tasks that an earlier version began. */
    private final Signing signing;

    /**
     * @param dir the project's folder, or its configuration file, relative to the workspace
     * @param replacements values that take the place of those in the configuration file
     * @param registry where an image goes
     * @param docker which Docker the agent is to use
     * @param environment where a release goes
     * @param signing what signs an image
     */
    public StageTask(
            Stage stage,
            String dir,
            List<Replacement> replacements,
            Optional<Registry> registry,
            Optional<Docker> docker,
            Optional<Environment> environment,
            Optional<Signing> signing) {
        this.stage = stage.key();
        this.dir = dir;
        this.replacements =
                Json.write(replacements.stream().map(StageTask::saved).toList());
        this.registry = registry.orElse(null);
        this.docker = docker.orElse(null);
        this.environment = environment.orElse(null);
        this.signing = signing.orElse(null);
    }

    /** JSON has no word for a missing value, so it is left out. */
    private static ObjectNode saved(Replacement replacement) {
        ObjectNode saved = JsonNodeFactory.instance
                .objectNode()
                .put("pointer", replacement.pointer())
                .put("source", replacement.source());
        if (!replacement.value().isMissingNode()) {
            saved.set("value", replacement.value());
        }
        return saved;
    }

    /** Which operation to run. */
    public Stage stage() {
        return Stage.of(stage);
    }

    /** Whether running it a second time does no harm, so that it may be run again after a controller restart. */
    public boolean repeatable() {
        return stage() != Stage.DEPLOY;
    }

    /** What lineage calls it: the stage, or {@code promote}. */
    String event() {
        return environment().flatMap(Environment::from).isPresent() ? "promote" : stage;
    }

    String dir() {
        return dir;
    }

    Optional<Registry> registry() {
        return Optional.ofNullable(registry);
    }

    Optional<Docker> docker() {
        return Optional.ofNullable(docker);
    }

    Optional<Environment> environment() {
        return Optional.ofNullable(environment);
    }

    Optional<Signing> signing() {
        return Optional.ofNullable(signing);
    }

    List<Replacement> replacements() {
        try {
            List<Replacement> all = new ArrayList<>();
            for (JsonNode saved : Json.mapper().readTree(replacements)) {
                all.add(new Replacement(
                        saved.path("pointer").asText(),
                        saved.path("value"),
                        saved.path("source").asText()));
            }
            return List.copyOf(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a step's own options must be readable", e);
        }
    }

    /** An environment that a release goes to, and the one that it comes from, when it is moved on. */
    public static final class Environment implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final String from;

        public Environment(String name, Optional<String> from) {
            this.name = name;
            this.from = from.orElse(null);
        }

        String name() {
            return name;
        }

        Optional<String> from() {
            return Optional.ofNullable(from);
        }
    }

    /** An image registry and the id, never the content, of the credentials for it. */
    public static final class Registry implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String url;
        private final String credentialsId;

        public Registry(Optional<String> url, String credentialsId) {
            this.url = url.orElse(null);
            this.credentialsId = credentialsId;
        }

        Optional<String> url() {
            return Optional.ofNullable(url);
        }

        String credentialsId() {
            return credentialsId;
        }
    }

    /** The ids, never the contents, of the credentials that hold a private key and its password. */
    public static final class Signing implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String credentialsId;
        private final String passwordId;

        public Signing(String credentialsId, Optional<String> passwordId) {
            this.credentialsId = credentialsId;
            this.passwordId = passwordId.orElse(null);
        }

        String credentialsId() {
            return credentialsId;
        }

        Optional<String> passwordId() {
            return Optional.ofNullable(passwordId);
        }
    }

    /** A Docker tool by its name, and a daemon by its address and the id, never the content, of its credentials. */
    public static final class Docker implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String tool;
        private final String uri;
        private final String credentialsId;

        public Docker(Optional<String> tool, Optional<String> uri, Optional<String> credentialsId) {
            this.tool = tool.orElse(null);
            this.uri = uri.orElse(null);
            this.credentialsId = credentialsId.orElse(null);
        }

        Optional<String> tool() {
            return Optional.ofNullable(tool);
        }

        Optional<String> uri() {
            return Optional.ofNullable(uri);
        }

        Optional<String> credentialsId() {
            return Optional.ofNullable(credentialsId);
        }
    }
}
