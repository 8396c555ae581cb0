package io.millrace.launcher.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.launcher.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The full stack's file, as far as checks before its start need it. */
public final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):-([^}]*)}");
    private static final Pattern SECRET = Pattern.compile(".*_(PASSWORD|SECRET_KEY|ACCESS_KEY)");
    private static final String FILES = "COMPOSE_FILE";
    private static final Pattern MEMORY = Pattern.compile("(\\d+)\\s*([kmg])b?", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final JsonNode services;

    private ComposeFile(String text, JsonNode services) {
        this.text = text;
        this.services = services;
    }

    /**
     * The files that Compose takes: docker-compose.yml, or those that {@code COMPOSE_FILE} names, the later ones over the
     * earlier.
     *
     * @param home folder of docker-compose.yml
     * @param values the variables of its {@code .env}
     * @throws UserError when there is none or it is not YAML
     */
    public static ComposeFile read(Path home, Map<String, String> values) {
        YAMLMapper yaml = new YAMLMapper();
        StringBuilder all = new StringBuilder();
        JsonNode merged = yaml.createObjectNode();
        for (String name : values.getOrDefault(FILES, "docker-compose.yml").split(File.pathSeparator)) {
            Path file = home.resolve(name);
            try {
                String text = Files.readString(file);
                all.append(text);
                merged = yaml.readerForUpdating(merged).readValue(text);
            } catch (IOException e) {
                throw new UserError(file + " cannot be read: " + e.getMessage());
            }
        }
        return new ComposeFile(all.toString(), merged.path("services"));
    }

    /** Every variable with its default, in the file's order. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            variables.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return variables;
    }

    /** The variables that are passwords or keys of our own services, with their defaults. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>(variables());
        secrets.entrySet()
                .removeIf(variable -> !SECRET.matcher(variable.getKey()).matches()
                        || variable.getValue().isEmpty());
        return secrets;
    }

    /**
     * Each port the default services take on this machine, with its service.
     *
     * @param values values of variables that are not at their default
     */
    public Map<Integer, String> ports(Map<String, String> values) {
        Map<Integer, String> ports = new LinkedHashMap<>();
        services.properties().forEach(service -> {
            if (isDefault(service.getValue())) {
                for (JsonNode port : service.getValue().path("ports")) {
                    String[] parts = filled(port.asText(), values).split(":");
                    if (parts.length >= 2) {
                        ports.put(Integer.parseInt(parts[parts.length - 2].strip()), service.getKey());
                    }
                }
            }
        });
        return ports;
    }

    /** What the default services may take together, in MiB. */
    public long memoryMebibytes(Map<String, String> values) {
        long sum = 0;
        for (JsonNode service : services) {
            if (isDefault(service)) {
                JsonNode limit = service.path("mem_limit");
                String memory = (limit.isMissingNode()
                                ? service.path("deploy")
                                        .path("resources")
                                        .path("limits")
                                        .path("memory")
                                : limit)
                        .asText();
                sum += mebibytes(filled(memory, values))
                        * service.path("deploy").path("replicas").asInt(1);
            }
        }
        return sum;
    }

    private static boolean isDefault(JsonNode service) {
        return service.path("profiles").isEmpty();
    }

    private static String filled(String value, Map<String, String> values) {
        return VARIABLE.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        values.getOrDefault(match.group(1), "").isEmpty()
                                ? match.group(2)
                                : values.get(match.group(1))));
    }

    private static long mebibytes(String memory) {
        Matcher matcher = MEMORY.matcher(memory);
        if (!matcher.matches()) {
            return 0;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(java.util.Locale.ROOT)) {
            case "k" -> number >> 10;
            case "g" -> number << 10;
            default -> number;
        };
    }
}
