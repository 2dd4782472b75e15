"""The organisation: the tree of units, headcounts, blocs, successions.

Rows change only through ``units.services``. Who may see them is ``accounts.scope``.
"""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from .enums import Kind, Level, SuccessionKind

UNIT_CODE = RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", _("Use upper-case letters, digits and hyphens."))


class UnitQuerySet(MP_NodeQuerySet):
    def open_on(self, day: date) -> "UnitQuerySet":
        """Units that exist on ``day``; ``closed_on`` is the first day that a unit is gone."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)

    def under(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything beneath it, closed units included."""
        return self.filter(path__startswith=unit.path)


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """Treebeard's manager, which names its own query set class, made to give ours."""

    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A body of the Union. ``parent`` repeats the path as an integer, for set-based rollups."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[UNIT_CODE])
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    is_reporting = models.BooleanField(_("reports monthly"), default=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    paper_name = models.CharField(_("name on paper"), max_length=200, blank=True)
    superior_paper_name = models.CharField(_("superior's name on paper"), max_length=200, blank=True)
    place_of_issue = models.CharField(_("place of issue"), max_length=80, blank=True)
    symbol_suffix = models.CharField(_("symbol suffix"), max_length=20, blank=True, default="ĐTN")

    objects = UnitManager()

    class Meta:
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="units_unit_level_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="units_unit_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="units_unit_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="units_unit_parent_matches_depth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether the unit exists on ``day``."""
        return self.opened_on <= day and (self.closed_on is None or self.closed_on > day)

    def is_above(self, other: "Unit") -> bool:
        """Whether this unit stands strictly above ``other``."""
        return other.path.startswith(self.path) and other.path != self.path


class Succession(models.Model):
    """``successor`` came from ``predecessor``: split off on its own opening day, or took over when that one closed.

    A pair may have both: who was split off may take over its origin later.
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    kind = models.CharField(max_length=10, choices=SuccessionKind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=~Q(kind=SuccessionKind.SPLIT),
                name="units_succession_taken_over_once",
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=Q(kind=SuccessionKind.SPLIT),
                name="units_succession_split_off_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values), name="units_succession_kind_known"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="units_succession_two_units"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Headcount(models.Model):
    """Members of a unit itself (not of units beneath it) as of a date."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="headcounts")
    as_of = models.DateField(_("as of"))
    members = models.PositiveIntegerField(_("members"))

    class Meta:
        ordering: ClassVar = ["unit", "as_of"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "as_of"], name="units_headcount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.as_of}: {self.members}"


class Bloc(models.Model):
    """A peer group of sibling units under ``owner`` (khối thi đua)."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="blocs")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=150)
    head_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="heads_blocs")
    deputy_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="deputises_blocs"
    )

    class Meta:
        ordering: ClassVar = ["owner", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "number"], name="units_bloc_number_once")]

    def __str__(self) -> str:
        return self.name


class BlocMembershipQuerySet(models.QuerySet["BlocMembership"]):
    def on(self, day: date) -> "BlocMembershipQuerySet":
        """Memberships that hold on ``day``; ``ends_on`` is the first day that one is over."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class BlocMembership(models.Model):
    """A unit in a bloc, dated: a month's figures count for the bloc of that month's last day."""

    bloc = models.ForeignKey(Bloc, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="bloc_memberships")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = BlocMembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "starts_on"], name="units_membership_once_a_day"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ends_on__isnull=True), name="units_membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="units_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.bloc_id}"
