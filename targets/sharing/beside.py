"""What higher apps add to the head of the page of shares: they register it; targets knows nothing of them."""

from accounts.models import User
from core.page_parts import PageLinks

from .grid import Grid

share_links: PageLinks[Grid, User] = PageLinks()
