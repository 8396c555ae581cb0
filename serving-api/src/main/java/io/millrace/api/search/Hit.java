package io.millrace.api.search;

/**
 * A row that was found.
 *
 * @param score sum of 1 / (60 + rank) over the ways it was found
 * @param textRank from 1; 0 when it was not found by its words
 * @param vectorRank from 1; 0 when it was not found by its meaning
 */
record Hit(FoundChunk chunk, double score, int textRank, int vectorRank) {}
