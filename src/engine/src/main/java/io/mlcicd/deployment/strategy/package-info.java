/** How the traffic comes to a new release, and how live numbers decide whether it goes on or back. */
package io.mlcicd.deployment.strategy;
