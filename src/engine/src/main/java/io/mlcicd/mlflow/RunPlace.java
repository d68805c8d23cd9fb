package io.mlcicd.mlflow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A folder among a run's artifacts, wherever the server keeps them. Source: "List Artifacts" in the REST API reference of MLflow
 * 2.10, and {@code get-artifact} as MLflow's own page asks for files.
 *
 * @param run the run's id
 * @param below the folder's path there
 */
record RunPlace(MlflowHttp http, String run, String below) implements ArtifactPlace {

    private String path(String path) {
        return path.isEmpty() ? below : below + "/" + path;
    }

    @Override
    public MlflowAnswer list(String path, Optional<String> page) throws InterruptedException {
        Map<String, String> asked = new HashMap<>(Map.of("run_id", run, "path", path(path)));
        page.ifPresent(token -> asked.put("page_token", token));
        return http.get("mlflow/artifacts/list", asked);
    }

    @Override
    public String told(String path) {
        return path(path) + "/";
    }

    @Override
    public String address(String path) {
        return http.server().address() + "/get-artifact?path=" + MlflowHttp.encoded(path(path)) + "&run_uuid=" + run;
    }
}
