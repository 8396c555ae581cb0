package io.millrace.app;

import io.millrace.service.Nearest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML mapping that knows where each key stands, so that every complaint names file and line. */
public final class YamlMap {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlMap(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.line = node.getStartMark().getLine() + 1;
        if (!(node instanceof MappingNode mapping)) {
            throw error(line, (path.isEmpty() ? "the file" : path) + " must hold 'key: value' lines");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            int keyLine = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (values.put(key, tuple.getValueNode()) != null) {
                throw error(keyLine, "key '" + key + "' stands twice: keep one");
            }
            lines.put(key, keyLine);
        }
    }

    public static YamlMap parse(String file, String text) {
        try {
            Node root = new Yaml().compose(new StringReader(text));
            if (root == null) {
                throw new AppException(file, 0, "the file is empty");
            }
            return new YamlMap(file, "", root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new AppException(file, line, "not YAML: " + e.getProblem());
        }
    }

    /** Refuses every key that is not listed. */
    public YamlMap allow(String... known) {
        for (String key : values.keySet()) {
            if (!List.of(known).contains(key)) {
                throw error(
                        line(key),
                        "unknown key '" + key + "'" + (path.isEmpty() ? "" : " under " + path)
                                + Nearest.hint(key, List.of(known)));
            }
        }
        return this;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public int line(String key) {
        return lines.getOrDefault(key, line);
    }

    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    public String text(String key) {
        return optionalText(key)
                .orElseThrow(() -> error(
                        line,
                        "key '" + key + "' is missing" + (path.isEmpty() ? "" : " under " + path) + ": add '" + key
                                + ": …'"));
    }

    public Optional<String> optionalText(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        return Optional.of(scalar(node, key));
    }

    public List<String> texts(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw error(line(key), "'" + key + "' must be a list: " + key + ": [a, b]");
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            texts.add(scalar(item, key));
        }
        return texts;
    }

    /** The mapping under the key; an absent key is an empty mapping. */
    public YamlMap map(String key) {
        Node node = values.get(key);
        return node == null ? parse(file, "{}") : new YamlMap(file, path.isEmpty() ? key : path + "." + key, node);
    }

    public AppException error(int atLine, String message) {
        return new AppException(file, atLine, message);
    }

    /** The mappings of a list under the key; an absent key is an empty list. */
    public List<YamlMap> maps(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw error(line(key), "'" + key + "' must be a list of mappings: lines beginning with '- '");
        }
        return sequence.getValue().stream()
                .map(item -> new YamlMap(file, path.isEmpty() ? key : path + "." + key, item))
                .toList();
    }

    /** A single value or a list of them. */
    public List<String> oneOrMore(String key) {
        return values.get(key) instanceof ScalarNode ? List.of(text(key)) : texts(key);
    }

    /** A whole number within the bounds, or the default when the key is absent. */
    public long number(String key, long least, long greatest, long otherwise) {
        return optionalText(key).map(text -> number(key, text, least, greatest)).orElse(otherwise);
    }

    /** A whole number within the bounds, if the key is there. */
    public Optional<Long> optionalNumber(String key) {
        return optionalText(key).map(text -> number(key, text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private long number(String key, String text, long least, long greatest) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the bounds
        }
        throw error(
                line(key),
                "'" + key + "' is '" + text + "': write a whole number"
                        + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + greatest));
    }

    /** One of the words, or the first of them when the key is absent. */
    public String word(String key, String... words) {
        String given = optionalText(key).orElse(words[0]);
        if (!List.of(words).contains(given)) {
            throw error(line(key), "'" + key + "' is '" + given + "'" + Nearest.hint(given, List.of(words)));
        }
        return given;
    }

    private String scalar(Node node, String key) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error(node.getStartMark().getLine() + 1, "'" + key + "' must be a single value");
    }
}
