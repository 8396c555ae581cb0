package io.millrace.ingestion.media.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes a mail with attachments. */
public final class Mail {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String boundary;

    public Mail(String subject) {
        boundary = "--of " + subject;
        line("From: Ada <ada@example.com>");
        line("Date: Mon, 23 Nov 2026 10:00:00 +0000");
        line("Subject: " + subject);
        line("MIME-Version: 1.0");
        line("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
        line("");
        part("Content-Type: text/plain");
        line("The text of " + subject);
    }

    /** A part with these header lines; the body is what follows. */
    public Mail part(String... header) {
        line("--" + boundary);
        for (String field : header) {
            line(field);
        }
        line("");
        return this;
    }

    public Mail attach(String type, String name, byte[] content) {
        boolean mail = type.equals("message/rfc822");
        part(
                "Content-Type: " + type,
                "Content-Disposition: attachment; filename=\"" + name + "\"",
                "Content-Transfer-Encoding: " + (mail ? "8bit" : "base64"));
        out.writeBytes(mail ? content : Base64.getMimeEncoder().encode(content));
        line("");
        return this;
    }

    public Mail line(String line) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Without the boundary that ends it. */
    public byte[] cutShort() {
        return out.toByteArray();
    }

    public byte[] build() {
        line("--" + boundary + "--");
        return out.toByteArray();
    }
}
