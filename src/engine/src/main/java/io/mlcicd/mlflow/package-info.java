/** A client of MLflow's tracking server and model registry, over their REST API. */
package io.mlcicd.mlflow;
