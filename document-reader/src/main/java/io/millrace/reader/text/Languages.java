package io.millrace.reader.text;

import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import io.millrace.reader.document.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The language of a text, as ISO 639-1: en, de, fr, es, it, nl, pt and pl by their letter sequences; hi, zh and ja by
 * their letters. (Optimaize's profiles of the eight take 6 MB of heap; Lingua's models are an 80 MB download.)
 */
public final class Languages {
    public static final String LIBRARY = Library.of(LanguageDetector.class);

    private static final List<String> LATIN = List.of("en", "de", "fr", "es", "it", "nl", "pt", "pl");
    private static final int LOOKED_AT_CHARACTERS = 5_000;
    private static final int LEAST_LETTERS = 8;

    private final LanguageDetector latin;

    public Languages() {
        try {
            latin = LanguageDetectorBuilder.create(NgramExtractors.standard())
                    .withProfiles(new LanguageProfileReader()
                            .readBuiltIn(
                                    LATIN.stream().map(LdLocale::fromString).toList()))
                    .minimalConfidence(0.8)
                    // Else the same text could be of another language tomorrow.
                    .seed(1)
                    .prefixFactor(1.5)
                    .suffixFactor(2.0)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("the language profiles are in the jar", e);
        }
    }

    /** Empty when the text is too short or of no language that is known. */
    public Optional<String> of(String text) {
        String looked = text.length() > LOOKED_AT_CHARACTERS ? text.substring(0, LOOKED_AT_CHARACTERS) : text;
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        looked.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
        int kana = letters.getOrDefault(UnicodeScript.HIRAGANA, 0) + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = letters.getOrDefault(UnicodeScript.HAN, 0);
        int most = letters.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (kana + han >= 2 && kana + han >= most) {
            return Optional.of(kana * 10 > han ? "ja" : "zh");
        }
        if (most < LEAST_LETTERS) {
            return Optional.empty();
        }
        if (letters.getOrDefault(UnicodeScript.DEVANAGARI, 0) == most) {
            return Optional.of("hi");
        }
        return letters.getOrDefault(UnicodeScript.LATIN, 0) == most
                ? Optional.ofNullable(latin.detect(looked).orNull()).map(LdLocale::getLanguage)
                : Optional.empty();
    }
}
