/** The {@code mlcicd} command: parses arguments, calls the engine, shows what it answers. Knows nothing of models. */
package io.mlcicd.cli;
