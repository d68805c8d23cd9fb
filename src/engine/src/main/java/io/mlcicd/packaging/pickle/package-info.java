/** Finds out what a pickle would import and call, without loading it. */
package io.mlcicd.packaging.pickle;
