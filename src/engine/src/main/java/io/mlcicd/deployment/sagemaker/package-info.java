/** Releases on real-time endpoints of Amazon SageMaker. */
package io.mlcicd.deployment.sagemaker;
