package io.mlcicd.config;

import io.mlcicd.gate.GateSpec;
import io.mlcicd.serving.Expectation;
import io.mlcicd.serving.ServingProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The section {@code package} as it is written. */
record PackageKeys(
        String model,
        List<String> files,
        String image,
        Optional<String> base,
        List<String> command,
        Map<String, String> env,
        Optional<String> platform,
        List<String> platforms,
        List<String> dependencies,
        Optional<Pickle> pickle,
        Optional<LicenceRules> licences,
        Optional<Boolean> sbom,
        Optional<Boolean> provenance,
        Optional<Sign> sign,
        Optional<String> output,
        boolean push,
        Optional<Credentials> credentials,
        List<GateSpec> gates,
        Optional<String> builder,
        Optional<String> dockerfile,
        Optional<Serve> serve,
        boolean serveCheck) {
    PackageKeys {
        platforms = ModelFile.orEmpty(platforms);
        dependencies = ModelFile.orEmpty(dependencies);
        files = ModelFile.orEmpty(files);
        command = ModelFile.orEmpty(command);
        env = ModelFile.orEmpty(env);
        gates = ModelFile.orEmpty(gates);
    }

    record Serve(
            Optional<ServingProtocol> protocol,
            OptionalInt port,
            Optional<String> name,
            Optional<String> health,
            Optional<String> example,
            Optional<String> smoke,
            Optional<Expectation> expect,
            Optional<HumanDuration> timeout,
            OptionalInt requests) {

        static final Serve NOTHING_SAID = new Serve(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    record Pickle(List<String> allow) {
        Pickle {
            allow = ModelFile.orEmpty(allow);
        }
    }

    record LicenceRules(List<String> allow, List<String> deny) {
        LicenceRules {
            allow = ModelFile.orEmpty(allow);
            deny = ModelFile.orEmpty(deny);
        }
    }

    record Sign(Optional<String> key, Optional<String> keyEnv, Optional<String> passwordEnv) {}

    record Credentials(String usernameVariable, String passwordVariable) {}
}
