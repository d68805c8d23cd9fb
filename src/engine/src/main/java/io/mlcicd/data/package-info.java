/** Data sets: where they are, the engine that reads them, and the profile that sums them up. */
package io.mlcicd.data;
