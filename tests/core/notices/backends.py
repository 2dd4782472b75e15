"""Mail servers that misbehave, as Django's backends for the tests."""

import smtplib
from collections.abc import Sequence
from typing import ClassVar

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class Server(EmailBackend):
    """``refused`` addresses are not taken; ``away`` means that nobody answers; ``lost`` that the line breaks there."""

    refused: ClassVar[set[str]] = set()
    lost: ClassVar[set[str]] = set()
    away = False

    def open(self) -> bool:
        if Server.away:
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        address = messages[0].to[0]
        if address in Server.refused:
            raise smtplib.SMTPRecipientsRefused({address: (550, b"no such user")})
        if address in Server.lost:
            raise smtplib.SMTPServerDisconnected
        return super().send_messages(messages)


def delivered() -> list[str]:
    """To whom letters went, in order."""
    return [letter.to[0] for letter in mail.outbox]
