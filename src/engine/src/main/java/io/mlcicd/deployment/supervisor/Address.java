package io.mlcicd.deployment.supervisor;

/** Where clients reach a deployment. */
record Address(String host, int port) {

    static Address from(Fields fields) {
        return new Address(fields.require("host"), Integer.parseInt(fields.require("port")));
    }
}
