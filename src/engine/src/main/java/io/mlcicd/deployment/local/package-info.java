/** Targets on this host: releases run as processes or containers below a supervisor that has the public port. */
package io.mlcicd.deployment.local;
