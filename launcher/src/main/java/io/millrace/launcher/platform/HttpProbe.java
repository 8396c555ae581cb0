package io.millrace.launcher.platform;

import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.supervise.ProgramSpec.Health;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a service answers an HTTP request with 200. */
final class HttpProbe {
    private HttpProbe() {}

    static Health of(int port, String path) {
        return () -> answers(port, path);
    }

    static boolean answers(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(Ports.http(port) + path).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
