package io.millrace.reader;

import io.millrace.reader.audio.Mp3Format;
import io.millrace.reader.audio.WavFormat;
import io.millrace.reader.document.Document;
import io.millrace.reader.document.FileType;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Kind;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.Refusal;
import io.millrace.reader.image.ImageFormat;
import io.millrace.reader.mail.MailFormat;
import io.millrace.reader.ocr.Ocr;
import io.millrace.reader.ocr.OcrChoice;
import io.millrace.reader.pdf.PdfFormat;
import io.millrace.reader.text.HtmlFormat;
import io.millrace.reader.text.Languages;
import io.millrace.reader.text.PlainTextFormat;
import io.millrace.reader.text.SvgFormat;
import io.millrace.reader.work.IdleMemory;
import io.millrace.reader.work.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads any file: finds out its type, has the right parser read it, and says what became of it. */
final class FileReading implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileReading.class);

    private final DocumentReaderSettings settings;
    private final FileType types = new FileType();
    private final Languages languages = new Languages();
    private final Ocr ocr;
    private final TimeLimit timeLimit;
    private final IdleMemory idleMemory = new IdleMemory();
    private final Format image;
    private final Format pdf;
    private final Format mail = new MailFormat();
    private final Format html = new HtmlFormat();
    private final Format svg = new SvgFormat();
    private final Format plain = new PlainTextFormat();
    private final Format wav = new WavFormat();
    private final Format mp3 = new Mp3Format();

    FileReading(DocumentReaderSettings settings, WorkFolder folder) {
        this.settings = settings;
        ocr = OcrChoice.of(settings.ocr(), folder.engines());
        timeLimit = new TimeLimit(Duration.ofSeconds(settings.secondsPerFile()));
        image = new ImageFormat(ocr, folder.files());
        pdf = new PdfFormat(ocr, folder.files());
    }

    /** The engine that recognises text, and its version. */
    String ocr() {
        return ocr.name();
    }

    /** @param name only tells a mail from other text */
    Document read(ReceivedFile file, String name) throws InterruptedException {
        Findings findings = new Findings(settings.limits());
        if (file.sizeBytes() > settings.maxBytes()) {
            findings.refused("the file has " + file.sizeBytes() + " bytes: files of up to " + settings.maxBytes()
                    + " bytes are read");
            return findings.document(file.sizeBytes(), null);
        }
        try {
            if (!timeLimit.run(() -> parse(file, name, findings))) {
                findings.refused("reading it takes longer than " + settings.secondsPerFile() + " s of processor time");
            }
        } catch (ExecutionException e) {
            findings.refused(reason(e.getCause(), findings));
        } finally {
            idleMemory.worked();
        }
        String language = languages.of(findings.text()).orElse(null);
        if (language != null) {
            findings.reader(Languages.LIBRARY);
        }
        return findings.document(file.sizeBytes(), language);
    }

    private void parse(ReceivedFile file, String name, Findings findings) throws IOException, InterruptedException {
        String mimeType = types.of(file.path(), name);
        Kind kind = FileType.kind(mimeType);
        findings.type(mimeType, kind);
        findings.reader(FileType.LIBRARY);
        switch (kind) {
            case IMAGE -> (mimeType.equals(FileType.SVG) ? svg : image).read(file, findings);
            case PDF -> pdf.read(file, findings);
            case MAIL -> mail.read(file, findings);
            case TEXT -> (FileType.HTML.contains(mimeType) ? html : plain).read(file, findings);
            case AUDIO -> audio(mimeType, file, findings);
            case OTHER -> {
                // Nothing in it is read: an archive stays packed.
            }
        }
    }

    private void audio(String mimeType, ReceivedFile file, Findings findings) throws IOException, InterruptedException {
        findings.pending("no transcription yet");
        if (mimeType.equals(FileType.WAV)) {
            wav.read(file, findings);
        } else if (mimeType.equals(FileType.MP3)) {
            mp3.read(file, findings);
        }
    }

    private static String reason(Throwable failure, Findings findings) {
        if (failure instanceof Refusal refusal) {
            return String.valueOf(refusal.getMessage());
        }
        // Parsers answer damage with whatever they run into.
        log.info("a file cannot be read: {}", failure.toString());
        String said = failure instanceof StackOverflowError
                ? "it is nested too deep"
                : failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return "the " + findings.subject() + " is damaged: " + said;
    }

    @Override
    public void close() {
        timeLimit.close();
        idleMemory.close();
    }
}
