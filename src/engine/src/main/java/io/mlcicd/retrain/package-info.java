/** Decides whether and when to train a model anew: policies, what is known, advice, and the rules of starting. */
package io.mlcicd.retrain;
