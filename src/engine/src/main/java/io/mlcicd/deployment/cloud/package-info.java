/** What the targets of cloud providers share: HTTP with patience for a busy service. */
package io.mlcicd.deployment.cloud;
