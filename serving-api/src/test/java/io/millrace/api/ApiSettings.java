package io.millrace.api;

import io.millrace.service.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of an API in a test: the product's defaults, on a free port. */
public final class ApiSettings {
    private ApiSettings() {}

    /** @param others further settings, by their names as environment variables without the prefix: {@code SQL_URL} */
    public static ServingApiSettings of(Path app, Map<String, Object> others) {
        Map<String, String> environment = new HashMap<>();
        Map<String, Object> all = new HashMap<>(Map.of("APP", app, "PORT", 0));
        all.putAll(others);
        all.forEach((name, value) -> environment.put("MILLRACE_SERVING_API_" + name, value.toString()));
        return Settings.load(ServingApiSettings.class, "serving-api", null, environment);
    }
}
