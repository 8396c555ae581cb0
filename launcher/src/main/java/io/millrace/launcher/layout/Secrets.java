package io.millrace.launcher.layout;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Passwords of this platform. Those of its own services are drawn at the first start and kept in a file only its owner
 * can read; an app's secrets come from the environment, except the password of a database that the platform runs itself.
 */
public final class Secrets {
    private static final String SQL = "MILLRACE_SQL_PASSWORD";
    private static final String POSTGRES = "MILLRACE_POSTGRES_PASSWORD";

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    /** @throws UserError naming the environment variable that the app needs and nobody set */
    public static Secrets load(DataFolder data, App app, Map<String, String> environment) {
        Map<String, String> values = read(data.secretsFile());
        Map<String, String> before = Map.copyOf(values);
        List<String> hosted = app.databases().stream()
                .filter(Source.Cdc::hosted)
                .map(source -> variable(source.name(), "PASSWORD"))
                .toList();
        values.computeIfAbsent(SQL, name -> environment.getOrDefault(name, random()));
        if (!values.containsKey(POSTGRES)) {
            String known = hosted.stream()
                    .map(values::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(Secrets::random);
            values.put(POSTGRES, environment.getOrDefault(POSTGRES, known));
        }
        hosted.forEach(name -> values.put(name, values.get(POSTGRES)));
        if (!values.equals(before)) {
            write(data.secretsFile(), values);
        }
        for (String name : app.secrets()) {
            String given = values.getOrDefault(name, environment.get(name));
            if (given == null) {
                throw new UserError("secret " + name + " of app " + app.name() + " is not set: export " + name
                        + "=… before ./millrace up");
            }
            values.put(name, given);
        }
        return new Secrets(values);
    }

    /** The secrets file alone, for commands that talk to a running platform. */
    public static Secrets ofRunning(DataFolder data) {
        return new Secrets(read(data.secretsFile()));
    }

    /** A source's environment variable: {@code SHOPDB_PASSWORD}. */
    public static String variable(String source, String suffix) {
        return source.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_" + suffix;
    }

    /** Of the PostgreSQL server that the platform runs. */
    public String postgresPassword() {
        return value(POSTGRES);
    }

    public String sqlPassword() {
        return value(SQL);
    }

    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new UserError("secret " + name + " is not known: export it");
        }
        return value;
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        values.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                }
            } catch (IOException e) {
                throw new UserError(file + " cannot be read: " + e.getMessage());
            }
        }
        return values;
    }

    private static void write(Path file, Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(file.getParent());
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            Files.deleteIfExists(partial);
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(partial, text);
            Files.move(partial, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e);
        }
    }
}
