/** Data that DVC keeps: what its files record, and whether the workspace holds that. */
package io.mlcicd.versioning;
