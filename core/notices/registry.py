"""The kinds of notices, named by the apps that tell them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of notice. ``label``: what people read above its lines and where they turn its e-mail off.

    ``soon``: something to be done today, so its e-mail goes out within minutes; that of the others next morning.
    """

    name: str
    label: str | Promise
    soon: bool = False


_kinds: dict[str, Kind] = {}


def register(name: str, label: str | Promise, *, soon: bool = False) -> None:
    """Name a kind of notice; called in ``ready()``. Registering it again changes its label."""
    _kinds[name] = Kind(name, label, soon)


def kinds() -> dict[str, Kind]:
    """All kinds by name, those first whose e-mail goes out soon, else in the order of their registration."""
    return dict(sorted(_kinds.items(), key=lambda item: not item[1].soon))
