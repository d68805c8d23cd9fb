/** Training elsewhere: runs of pipelines of SageMaker, Vertex AI and Kubeflow, which are started, watched and stopped. */
package io.mlcicd.training;
