"""Vocabularies of the organisation (domain: glossary, Level and Kind)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Rank in the organisation; levels may be skipped in the tree."""

    CENTRAL = 1, _("Central")
    PROVINCE = 2, _("Province level")
    DISTRICT = 3, _("District level")
    GRASSROOTS = 4, _("Grassroots level")
    BRANCH = 5, _("Branch level")


class Kind(models.TextChoices):
    """What a unit is within its level. A percentage names a kind: each has its own denominator."""

    CENTRAL = "central", _("Central Union")
    PROVINCE_UNION = "province_union", _("Provincial Union")
    DISTRICT_UNION = "district_union", _("District Union")
    BLOC_UNION = "bloc_union", _("Union of a bloc of agencies")
    ATTACHED_UNION = "attached_union", _("Attached union")
    GRASSROOTS_UNION = "grassroots_union", _("Grassroots union")
    GRASSROOTS_BRANCH = "grassroots_branch", _("Grassroots branch")
    BRANCH = "branch", _("Branch")


KIND_LEVELS: dict[Kind, Level] = {
    Kind.CENTRAL: Level.CENTRAL,
    Kind.PROVINCE_UNION: Level.PROVINCE,
    Kind.DISTRICT_UNION: Level.DISTRICT,
    Kind.BLOC_UNION: Level.DISTRICT,
    Kind.ATTACHED_UNION: Level.DISTRICT,
    Kind.GRASSROOTS_UNION: Level.GRASSROOTS,
    Kind.GRASSROOTS_BRANCH: Level.GRASSROOTS,
    Kind.BRANCH: Level.BRANCH,
}


class SuccessionKind(models.TextChoices):
    """How a unit took over from another (domain: Time, opening and closing)."""

    WHOLE = "whole", _("Sole successor")
    MERGED = "merged", _("Merged from several")
    SPLIT = "split", _("Split off")
