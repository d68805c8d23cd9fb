/** How fast the engine is, as ratios against peers that do comparable work in the same run. */
package io.mlcicd.benchmarks;
