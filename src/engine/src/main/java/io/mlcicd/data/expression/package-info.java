/** The language of custom conditions and metrics: read from users, printed as SQL that holds nothing else. */
package io.mlcicd.data.expression;
