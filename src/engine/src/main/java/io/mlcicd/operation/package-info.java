/** What all operations share: request in, result document out, progress told, errors a person can act on. */
package io.mlcicd.operation;
