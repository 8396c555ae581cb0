package io.millrace.reader.ocr;

import io.millrace.service.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which engine recognises text. */
public final class OcrChoice {
    /** What the settings may say. */
    public static final List<String> NAMES = List.of("auto", "tesseract", "rapidocr", "none");

    private OcrChoice() {}

    /**
     * @param choice one of {@link #NAMES}
     * @param folder for what an engine unpacks
     * @throws SettingsException when the engine asked for is not there
     */
    public static Ocr of(String choice, Path folder) {
        return switch (choice) {
            case "none" -> new NoOcr();
            case "tesseract" ->
                Tesseract.find()
                        .orElseThrow(() -> new SettingsException("ocr is 'tesseract' and there is no program tesseract"
                                + " with a language on PATH: install tesseract-ocr or set 'ocr' to auto"));
            case "rapidocr" ->
                RapidOcr.find(folder)
                        .orElseThrow(() -> new SettingsException("ocr is 'rapidocr', which has no library for "
                                + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                                + ": install tesseract-ocr and set 'ocr' to auto"));
            default -> {
                Optional<Ocr> tesseract = Tesseract.find();
                yield tesseract.or(() -> RapidOcr.find(folder)).orElseGet(NoOcr::new);
            }
        };
    }
}
