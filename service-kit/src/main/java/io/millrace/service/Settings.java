package io.millrace.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program's settings, in three layers: {@code NAME.yaml} in its jar documents every key with its default and unit, a
 * YAML file overrides it, environment variables {@code MILLRACE_NAME_KEY} override both.
 */
public final class Settings {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Settings() {}

    /**
     * Reads the settings of the program {@code name} into a record whose components are the keys.
     *
     * @param file overriding file, or null for none
     * @throws SettingsException naming the key and the fix
     */
    public static <T extends Record> T load(
            Class<T> type, String name, @Nullable Path file, Map<String, String> environment) {
        ObjectNode merged = defaults(type, name);
        List<String> known = new ArrayList<>();
        for (var component : type.getRecordComponents()) {
            known.add(component.getName());
        }
        if (file != null) {
            read(file).properties().forEach(entry -> {
                if (!known.contains(entry.getKey())) {
                    throw new SettingsException(
                            file + ": unknown key '" + entry.getKey() + "'" + Nearest.hint(entry.getKey(), known));
                }
                merged.set(entry.getKey(), entry.getValue());
            });
        }
        String prefix = "MILLRACE_" + snake(name) + "_";
        for (String key : known) {
            String value = environment.get(prefix + snake(key));
            if (value != null) {
                merged.put(key, value);
            }
        }
        for (String key : known) {
            if (!merged.hasNonNull(key)) {
                throw new SettingsException("setting '" + key + "' of " + name + " is missing: give it in "
                        + (file == null ? "the settings file" : file) + " or as " + prefix + snake(key));
            }
        }
        try {
            return YAML.treeToValue(merged, type);
        } catch (JsonMappingException e) {
            String key = e.getPath().isEmpty() ? "" : e.getPath().get(0).getFieldName();
            throw new SettingsException("setting '" + key + "' of " + name + " has the value '"
                    + merged.path(key).asText() + "': " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new SettingsException("settings of " + name + ": " + e.getOriginalMessage());
        }
    }

    private static ObjectNode defaults(Class<?> type, String name) {
        try (InputStream in = type.getResourceAsStream("/" + name + ".yaml")) {
            return in == null ? YAML.createObjectNode() : object(YAML.readTree(in), name + ".yaml");
        } catch (IOException e) {
            throw new SettingsException(name + ".yaml in the jar cannot be read: " + e.getMessage());
        }
    }

    private static ObjectNode read(Path file) {
        try {
            return object(YAML.readTree(Files.readString(file)), file.toString());
        } catch (NoSuchFileException e) {
            throw new SettingsException(file + ": no such file");
        } catch (IOException e) {
            throw new SettingsException(file + ": " + e.getMessage());
        }
    }

    private static ObjectNode object(JsonNode node, String where) {
        if (node.isMissingNode() || node.isNull()) {
            return YAML.createObjectNode();
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new SettingsException(where + ": expected 'key: value' lines");
    }

    private static String snake(String camel) {
        return camel.replace('-', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
