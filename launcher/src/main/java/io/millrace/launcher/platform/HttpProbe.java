package io.millrace.launcher.platform;

import io.millrace.launcher.supervise.ProgramSpec.Health;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a service answers an HTTP request with 200. */
final class HttpProbe {
    private HttpProbe() {}

    /** On a port of this machine. */
    static Health of(int port, String path) {
        return pid -> answers("http://127.0.0.1:" + port + path);
    }

    static boolean answers(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
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
