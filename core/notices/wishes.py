"""Which kinds a person wants by e-mail: all of them, until turned off."""

from collections.abc import Collection
from typing import Any

from core.models import NoticePreference

from .registry import kinds


def mailed_kinds(user: Any) -> set[str]:
    """The kinds that the person gets by e-mail."""
    off = NoticePreference.objects.filter(user=user, by_email=False).values_list("kind", flat=True)
    return set(kinds()) - set(off)


def prefer(*, user: Any, kind: str, by_email: bool) -> None:
    """Turn e-mail for one kind on or off for one person."""
    _keep(user, {kind: by_email})


def prefer_only(*, user: Any, wanted: Collection[str]) -> None:
    """Turn e-mail on for these kinds and off for all others."""
    _keep(user, {kind: kind in wanted for kind in kinds()})


def _keep(user: Any, wishes: dict[str, bool]) -> None:
    NoticePreference.objects.bulk_create(
        [NoticePreference(user=user, kind=kind, by_email=by_email) for kind, by_email in wishes.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["by_email"],
    )
