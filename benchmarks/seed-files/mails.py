"""Mails as they come from the world: charsets, HTML, attachments, mails in mails."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from datetime import datetime, timezone

SHOP = "Millrace Shop <support@millrace.example>"


def mail(subject: str, sender: str, when: str, text="", charset="utf-8", html="", cte=None, to=SHOP) -> EmailMessage:
    """@param when such as 2026-11-17 05:04"""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    date = datetime.fromisoformat(when).replace(tzinfo=timezone.utc)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = f"<{date:%Y%m%d%H%M}.{len(subject)}@mail.example>"
    if text:
        message.set_content(text, charset=charset, cte=cte)
    if html and text:
        message.add_alternative(html, subtype="html", charset=charset)
    elif html:
        message.set_content(html, subtype="html", charset=charset)
    return message


def attach(message: EmailMessage, name: str, content: bytes, mime_type: str):
    kind, subtype = mime_type.split("/")
    message.add_attachment(content, maintype=kind, subtype=subtype, filename=name)


def wire(message: EmailMessage) -> bytes:
    """The bytes, the same each time: boundaries are numbered rather than drawn."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_part_{number:02d}_millrace")
    return message.as_bytes()


def nested(depth: int, innermost: str) -> bytes:
    """A mail that holds a mail that holds a mail."""
    body = f"Subject: The innermost of {depth}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{innermost}\r\n"
    for level in range(depth, 0, -1):
        body = (f"From: relay{level}@example.org\r\nTo: support@millrace.example\r\nSubject: Fwd {level}\r\n"
                f"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{body}")
    return body.encode()
