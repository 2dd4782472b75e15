"""Days and numbers are written as in Vietnamese, so that a figure reads the same in either language of the portal."""

from doan_portal.formats.vi.formats import *  # noqa: F403 - this module is a list of constants, the same list
