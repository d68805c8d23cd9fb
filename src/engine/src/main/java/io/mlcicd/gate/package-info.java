/** Everything that decides: bounds on metrics, their criticality, and the verdict that follows from them. */
package io.mlcicd.gate;
