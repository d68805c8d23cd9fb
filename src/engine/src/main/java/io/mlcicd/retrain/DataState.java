package io.mlcicd.retrain;

import java.util.OptionalLong;

/**
 * The content of a data set at some time.
 *
 * @param digest names the content: {@code sha256:...} of the data themselves, {@code md5:...} of what a {@code .dvc} file
 *     points at
 * @param rows number of rows; empty when it is not known
 */
public record DataState(String digest, OptionalLong rows) {}
