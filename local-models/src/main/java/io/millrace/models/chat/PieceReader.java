package io.millrace.models.chat;

/** Takes an answer piece by piece. */
@FunctionalInterface
interface PieceReader {
    /** False when no more is wanted. */
    boolean read(String piece);
}
