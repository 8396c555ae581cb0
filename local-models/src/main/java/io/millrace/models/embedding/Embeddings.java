package io.millrace.models.embedding;

import java.util.List;

/** Unit vectors of 384 numbers and how many tokens were read for them. */
public record Embeddings(List<float[]> vectors, int tokens) {}
