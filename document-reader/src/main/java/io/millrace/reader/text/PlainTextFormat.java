package io.millrace.reader.text;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import java.io.IOException;

/** Text as it is. */
public final class PlainTextFormat implements Format {
    private static final int LONGEST_CHARACTER_BYTES = 4;

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException {
        int characters = findings.limits().textCharacters();
        byte[] bytes = Beginning.of(file, characters * LONGEST_CHARACTER_BYTES, findings);
        findings.text(new BoundedText(characters).append(Charsets.decode(bytes)), TextFrom.TEXT);
    }
}
