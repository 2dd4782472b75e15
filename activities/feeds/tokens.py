"""The secret part of a calendar's address. Pure."""

import hashlib
import secrets

BYTES = 24  # 192 random bits


def new_token() -> str:
    """Return 32 random letters, digits, "-" and "_"."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hex. So much chance needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
