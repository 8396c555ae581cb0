package io.millrace.ingestion.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    @Test
    void shortTextIsOneChunkAndAnEmptyOneTooSoThatItsTitleIsFound() {
        assertThat(Chunker.chunks("  Where is my order? \n")).containsExactly("Where is my order?");
        assertThat(Chunker.chunks(" \n")).containsExactly("");
    }

    @Test
    void chunkEndsWithASentenceAndTheNextBeginsWithIt() {
        String sentence =
                "This sentence has exactly one hundred characters, counted by hand and by machine, dots included too. ";
        List<String> chunks = Chunker.chunks(sentence.repeat(25));
        assertThat(chunks).hasSize(3).allSatisfy(chunk -> assertThat(chunk)
                .hasSizeLessThanOrEqualTo(Chunker.LONGEST)
                .startsWith("This sentence")
                .endsWith("too."));
        assertThat(chunks.stream().mapToInt(String::length).sum()).isGreaterThan(25 * sentence.length());
    }

    @Test
    void paragraphIsKeptWhole() {
        String first = "One two three four five. ".repeat(28).strip();
        String second = "Six seven eight nine ten. ".repeat(28).strip();
        List<String> chunks = Chunker.chunks(first + "\n\n" + second);
        assertThat(chunks.get(0)).isEqualTo(first);
        assertThat(chunks.get(1)).endsWith(second);
    }

    @Test
    void nothingIsLostOfATextWithoutSentencesAndNoCharacterIsCutInTwo() {
        String text = "x".repeat(Chunker.LONGEST - 1) + "🙂".repeat(700);
        List<String> chunks = Chunker.chunks(text);
        assertThat(String.join("", chunks)).isEqualTo(text);
        assertThat(chunks).allSatisfy(chunk -> assertThat(Character.isHighSurrogate(chunk.charAt(chunk.length() - 1)))
                .isFalse());
        assertThat(chunks.get(0)).hasSize(Chunker.LONGEST - 1);
    }

    @Test
    void longTextTakesNotLong() {
        List<String> chunks = Chunker.chunks("A sentence of a book that somebody scanned. ".repeat(100_000));
        assertThat(chunks).hasSizeBetween(4_400, 6_000);
    }
}
