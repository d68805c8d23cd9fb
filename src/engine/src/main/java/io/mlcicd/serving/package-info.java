/** How served models are talked to: protocols of model servers, example requests, and the check that they answer. */
package io.mlcicd.serving;
