/** {@code mlcicd.yml}: the one file that describes a model, and the requests that follow from it. */
package io.mlcicd.config;
