package io.mlcicd.docker;

import java.util.List;

/** How a container's port can be reached. */
public sealed interface ContainerNetwork {

    /** Docker's options for it. */
    List<String> options();

    /** The container has the network of the daemon's machine; its program must listen on a port that is free there. */
    record Host() implements ContainerNetwork {
        @Override
        public List<String> options() {
            return List.of("--network", "host");
        }
    }

    /**
     * The container has an address of its own, and a port of it is passed on.
     *
     * @param address the address of the daemon's machine on which the port is published, such as {@code 127.0.0.1}
     * @param hostPort the port there; 0 for any that is free
     * @param containerPort the port that the program listens on
     */
    record Published(String address, int hostPort, int containerPort) implements ContainerNetwork {
        @Override
        public List<String> options() {
            String shown = address.contains(":") ? "[" + address + "]" : address;
            String host = hostPort == 0 ? "" : String.valueOf(hostPort);
            return List.of("--publish", shown + ":" + host + ":" + containerPort + "/tcp");
        }
    }

    /** Without any network. */
    record None() implements ContainerNetwork {
        @Override
        public List<String> options() {
            return List.of("--network", "none");
        }
    }
}
