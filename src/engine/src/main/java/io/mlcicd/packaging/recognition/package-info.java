/** What a model's files tell of themselves: kind, versions, signature and declared dependencies. */
package io.mlcicd.packaging.recognition;
