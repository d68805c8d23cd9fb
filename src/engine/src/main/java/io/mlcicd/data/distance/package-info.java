/** How far two distributions are apart. */
package io.mlcicd.data.distance;
