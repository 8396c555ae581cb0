package io.millrace.ingestion.embedding;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Cuts a text into chunks that an embedding model reads to their end. They end with a paragraph or a sentence where there
 * is one, and begin with the last sentence of the chunk before, so that what belongs together is found together.
 */
final class Chunker {
    /** Small models read 256 tokens, about as much. */
    static final int LONGEST = 1000;

    private static final int SHORTEST = LONGEST / 2;
    private static final int OVERLAP = 150;

    private final String text;
    private final TreeSet<Integer> paragraphs = new TreeSet<>();
    private final TreeSet<Integer> sentences = new TreeSet<>();

    private Chunker(String text) {
        this.text = text;
        BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.ROOT);
        iterator.setText(text);
        for (int end = iterator.first(); end != BreakIterator.DONE; end = iterator.next()) {
            sentences.add(end);
        }
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                sentences.add(i + 1);
                if (blank) {
                    paragraphs.add(i + 1);
                }
                blank = true;
            } else if (!Character.isWhitespace(c)) {
                blank = false;
            }
        }
    }

    /** At least one chunk; the only one is empty for an empty text. */
    static List<String> chunks(String text) {
        String stripped = text.strip();
        return stripped.length() <= LONGEST ? List.of(stripped) : new Chunker(stripped).chunks();
    }

    private List<String> chunks() {
        List<String> chunks = new ArrayList<>();
        int start = 0;
        int end = 0;
        while (end < text.length()) {
            int next = end(start);
            if (next <= end) {
                // The overlap and the next sentence do not fit together.
                start = end;
                next = end(start);
            }
            end = next;
            String chunk = text.substring(start, end).strip();
            if (!chunk.isEmpty()) {
                chunks.add(chunk);
            }
            Integer overlap = sentences.ceiling(end - OVERLAP);
            start = overlap == null || overlap <= start || overlap >= end ? end : overlap;
        }
        return chunks;
    }

    private int end(int start) {
        int furthest = start + LONGEST;
        if (furthest >= text.length()) {
            return text.length();
        }
        Integer paragraph = paragraphs.floor(furthest);
        if (paragraph != null && paragraph > start + SHORTEST) {
            return paragraph;
        }
        Integer sentence = sentences.floor(furthest);
        if (sentence != null && sentence > start) {
            return sentence;
        }
        for (int i = furthest; i > start + SHORTEST; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(furthest)) ? furthest - 1 : furthest;
    }
}
