/** Releases on endpoints of Google Vertex AI. */
package io.mlcicd.deployment.vertex;
