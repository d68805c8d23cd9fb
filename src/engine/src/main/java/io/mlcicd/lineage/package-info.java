/** Where a model comes from: digests, and the record that ties data, commit, training, model, image and deployment. */
package io.mlcicd.lineage;
