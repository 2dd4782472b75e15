"""Vocabularies of people and their authority (domain: Who may do what)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleName(models.TextChoices):
    SECRETARY = "secretary", _("Secretary")
    OFFICER = "officer", _("Officer")
    LEADER = "leader", _("Leader")
    BLOC_HEAD = "bloc_head", _("Bloc head")
    ADMINISTRATOR = "administrator", _("Administrator")
