"""What higher apps add to a unit's page: they register it; accounts knows neither plans nor figures."""

from core.page_parts import PageParts
from units.models import Unit

from .models import User

unit_parts: PageParts[Unit, User] = PageParts()
