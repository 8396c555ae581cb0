package io.millrace.reader.ocr;

import io.millrace.reader.document.BoundedText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** The program {@code tesseract}, run once a picture. */
final class Tesseract implements Ocr {
    /** Each language more takes about as much time again. */
    private static final int MOST_LANGUAGES = 3;

    private static final int QUESTION_SECONDS = 10;
    private static final int LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

    private final String version;
    private final String languages;

    private Tesseract(String version, List<String> languages) {
        this.version = version;
        this.languages = String.join("+", languages);
    }

    /** Empty when it is not installed, or has no language. */
    static Optional<Ocr> find() {
        try {
            List<String> version =
                    answer(List.of("tesseract", "--version")).lines().toList();
            List<String> languages = answer(List.of("tesseract", "--list-langs"))
                    .lines()
                    .skip(1)
                    .map(String::strip)
                    .filter(language -> language.matches("[a-z]{3}(_[a-z]+)?")
                            && !List.of("osd", "equ").contains(language))
                    .sorted(Comparator.comparing((String language) -> !language.equals("eng"))
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(MOST_LANGUAGES)
                    .toList();
            return version.isEmpty() || languages.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Tesseract(version.get(0).strip(), languages));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return version + " (" + languages + ")";
    }

    @Override
    public boolean read(BufferedImage image, Path folder, BoundedText text) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "ocr-", ".png");
        try {
            ImageIO.write(image, "png", file.toFile());
            text.append(answer(List.of("tesseract", file.toString(), "stdout", "-l", languages))
                    .replaceAll("\\n\\s*\\n", "\n")
                    .strip());
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String answer(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String answer;
            try (InputStream out = process.getInputStream()) {
                while (out.available() == 0 && process.isAlive()) {
                    // Unlike a read, this ends at an interrupt.
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                }
                answer = new String(out.readNBytes(LONGEST_ANSWER_BYTES), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(QUESTION_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command.subList(0, 2)) + " failed");
            }
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }
}
