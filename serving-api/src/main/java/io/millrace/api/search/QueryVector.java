package io.millrace.api.search;

import java.util.List;

/**
 * A query's embedding.
 *
 * @param model as the model calls itself: only vectors of the same model can be compared
 */
public record QueryVector(String model, List<Float> numbers) {
    public float[] array() {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }
}
