package io.millrace.reader;

/** Mails made for tests. */
final class Mails {
    static final String WITH_ATTACHMENT = """
            Return-Path: <joerg@example.org>
            Date: Fri, 20 Nov 2026 09:00:00 +0100
            From: =?UTF-8?Q?J=C3=B6rg?= Example <joerg@example.org>
            To: help@shop.example
            Subject: =?UTF-8?B?TGFtcGUgZsO8ciBLw7Zsbg==?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: multipart/alternative; boundary="inner"

            --inner
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            The lamp arrived broken =E2=80=93 order 100234.
            --inner
            Content-Type: text/html; charset=utf-8

            <p>The lamp arrived <b>broken</b>.</p>
            --inner--
            --outer
            Content-Type: text/plain; name="log.txt"
            Content-Disposition: attachment; filename="log.txt"

            not the mail's own words
            --outer--
            """;

    private Mails() {}

    /** Parts within parts. */
    static String nested(int depth) {
        StringBuilder mail = new StringBuilder("From: a@example.org\nSubject: nested\nMIME-Version: 1.0\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\n\n--b");
            mail.append(i).append("\nContent-Type: text/plain\n\nlevel ").append(i);
            mail.append("\n--b").append(i).append('\n');
        }
        return mail.append("Content-Type: text/plain\n\ninnermost\n").toString();
    }

    /** Mails within mails. */
    static String forwarded(int depth) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            mail.append("From: a@example.org\nSubject: forward ").append(i);
            mail.append("\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n");
        }
        return mail.append("From: a@example.org\nSubject: first\n\nhello\n").toString();
    }
}
