package io.millrace.api.search.lucene;

import java.util.Map;
import java.util.Random;

/**
 * Chunks with vectors as embedding models make them: 1,000 topics of very different size, each a cloud in 48 dimensions
 * that a random matrix spreads over 384, and a little noise in all of them. Every chunk is drawn from its number alone, so
 * that nobody has to keep them.
 */
final class SyntheticChunks {
    static final int DIMENSIONS = 384;

    private static final int TOPICS = 1000;
    private static final int LATENT = 48;
    private static final double SPREAD = 0.6;
    private static final double NOISE = 0.5;
    private static final int VOCABULARY = 30_000;
    private static final int WORDS = 80;

    private final float[][] matrix = new float[LATENT][DIMENSIONS];
    private final float[][] centres = new float[TOPICS][LATENT];

    SyntheticChunks() {
        Random random = new Random(42);
        for (float[] row : matrix) {
            fill(row, random);
        }
        for (float[] centre : centres) {
            fill(centre, random);
        }
    }

    LakeChunk chunk(int number) {
        Random random = new Random(number * 1_000_003L);
        LakeChunk.Vector vector = LakeChunk.Vector.of(vector(random));
        return new LakeChunk(
                "documents",
                "document-" + number,
                0,
                words(random, 6),
                words(random, WORDS),
                Map.of("kind", Integer.toString(number % 10)),
                "synthetic",
                vector);
    }

    float[] vector(int number) {
        return LakeChunk.Vector.of(vector(new Random(number * 1_000_003L))).numbers();
    }

    /** Words as a text has them: few very often, most seldom. */
    static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double u = random.nextDouble();
            text.append(i == 0 ? "" : " ").append('w').append((int) (Math.pow(VOCABULARY, u) - 1));
        }
        return text.append('.').toString();
    }

    private float[] vector(Random random) {
        // The square prefers small numbers: topics of very different size.
        double u = random.nextDouble();
        float[] centre = centres[(int) (u * u * TOPICS)];
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < LATENT; i++) {
            float latent = (float) (centre[i] + SPREAD * random.nextGaussian());
            float[] row = matrix[i];
            for (int j = 0; j < DIMENSIONS; j++) {
                vector[j] += latent * row[j];
            }
        }
        for (int j = 0; j < DIMENSIONS; j++) {
            vector[j] += (float) (NOISE * random.nextGaussian());
        }
        return vector;
    }

    private static void fill(float[] numbers, Random random) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
    }
}
