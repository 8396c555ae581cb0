package io.millrace.api.search;

import java.util.function.Function;

/**
 * Something that was found.
 *
 * @param score sum of 1 / (60 + rank) over the ways it was found
 * @param textRank from 1; 0 when it was not found by its words
 * @param vectorRank from 1; 0 when it was not found by its meaning
 */
public record Ranked<T>(T item, double score, int textRank, int vectorRank) {
    public <R> Ranked<R> map(Function<T, R> function) {
        return new Ranked<>(function.apply(item), score, textRank, vectorRank);
    }
}
