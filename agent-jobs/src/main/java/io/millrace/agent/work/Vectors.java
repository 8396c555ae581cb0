package io.millrace.agent.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.agent.Fill;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Embeddings and which label they are nearest to. */
public final class Vectors {
    private static final int NEIGHBOURS = 3;

    private Vectors() {}

    /** The vectors of an embeddings answer, in the order asked for. */
    public static List<float[]> of(JsonNode body) {
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode entry : body.path("data")) {
            JsonNode values = entry.path("embedding");
            float[] vector = new float[values.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) values.get(i).asDouble();
            }
            vectors.add(vector);
        }
        return vectors;
    }

    /** The label whose three nearest examples are nearest on average. */
    public static String nearest(float[] vector, List<Fill.Example> examples, List<float[]> vectors) {
        Map<String, List<Double>> similarities = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            similarities
                    .computeIfAbsent(examples.get(i).label(), label -> new ArrayList<>())
                    .add(cosine(vector, vectors.get(i)));
        }
        return similarities.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(NEIGHBOURS)
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(-1)))
                .orElseThrow()
                .getKey();
    }

    private static double cosine(float[] left, float[] right) {
        double dot = 0;
        double lefts = 0;
        double rights = 0;
        for (int i = 0; i < left.length; i++) {
            dot += left[i] * right[i];
            lefts += left[i] * left[i];
            rights += right[i] * right[i];
        }
        return dot / Math.sqrt(lefts * rights);
    }
}
