package io.millrace.reader.text;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a browser would show of HTML, without running or fetching anything of it. */
public final class HtmlFormat implements Format {
    public static final String LIBRARY = Library.of(Jsoup.class);
    /** Of HTML at most: its tree is many times as large. */
    public static final int MOST_BYTES = 1024 * 1024;

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException {
        findings.reader(LIBRARY);
        byte[] bytes = Beginning.of(file, MOST_BYTES, findings);
        Document document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
        findings.title(document.title());
        findings.text(
                new BoundedText(findings.limits().textCharacters()).append(shown(document.body())), TextFrom.TEXT);
    }

    /** The text of HTML, a line for each block. */
    public static String text(String html) {
        return shown(Jsoup.parse(html).body());
    }

    private static String shown(Element body) {
        body.select("script, style, noscript, template").remove();
        return body.wholeText()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", HtmlFormat::line);
    }

    private static String line(String text, String more) {
        return text.isEmpty() ? more : text + "\n" + more;
    }
}
