/**
 * The program that stands between clients and releases of one deployment. It runs in a process of its own from a small
 * jar, so it uses nothing but the JDK, and nothing else of the engine.
 */
package io.mlcicd.deployment.supervisor;
