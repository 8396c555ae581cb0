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

    /** A reader with two connections, whose queries end after two seconds. */
    static ServingApiSettings ofReader(Path app, String sqlUrl, String password) {
        return of(
                app,
                Map.of(
                        "SQL_URL",
                        sqlUrl,
                        "SQL_USER",
                        "reader",
                        "SQL_PASSWORD",
                        password,
                        "POOL_SIZE",
                        2,
                        "QUERY_TIMEOUT_SECONDS",
                        2,
                        "CACHE_MEGABYTES",
                        1));
    }
}
