"""The drawings of the interface: status shapes (14 × 14) and line icons (16 × 16), as SVG markup of our own.

One place for both uses: the sprite that each page inlines once, and the shapes drawn whole on paper, where ``<use>``
draws nothing. Which status has which shape stands in ``core.status_looks``.
"""

from typing import Final

_TICKED = (
    '<circle cx="7" cy="7" r="6.5" fill="currentColor"/>'
    '<path d="M4 7.2 6.2 9.4 10.2 5" fill="none" stroke="#fff" stroke-width="1.6"/>'
)
_RING = '<circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DASHED = (
    '<circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.2 2.2"/>'
)
_BOX = '<rect x=".7" y=".7" width="12.6" height="12.6" rx="1" fill="none" stroke="currentColor" stroke-width="1.4"/>'

SHAPES: Final[dict[str, str]] = {
    "met": _TICKED,
    "over": '<circle cx="7" cy="7" r="6.5" fill="currentColor"/>'
    '<path d="M7 10.2V4.2M4.4 6.6 7 4l2.6 2.6" fill="none" stroke="#fff" stroke-width="1.6"/>',
    "pace": f'{_RING}<path d="M5.6 4.4 9.6 7 5.6 9.6z" fill="currentColor"/>',
    "risk": '<path d="M7 1.3 13.2 12.6H.8z" fill="#f5c518" stroke="currentColor" stroke-width="1.2"'
    ' stroke-linejoin="round"/><path d="M7 5v3.6M7 10.1v1" stroke="#3a2600" stroke-width="1.5"/>',
    "behind": '<path d="M7 13 .8 1.7h12.4z" fill="currentColor"/>',
    "missed": f'{_BOX}<path d="M4.3 4.3 9.7 9.7M9.7 4.3 4.3 9.7" stroke="currentColor" stroke-width="1.7"/>',
    "nodata": _DASHED,
    "notdue": f'{_RING}<path d="M7 3.8V7l2.2 1.4" fill="none" stroke="currentColor" stroke-width="1.4"/>',
    "draft": '<path d="M2 12l.6-2.8L9.8 2l2.2 2.2-7.2 7.2z" fill="none" stroke="currentColor" stroke-width="1.4"'
    ' stroke-linejoin="round"/>',
    "submitted": f'{_RING}<path d="M4.3 7h5.4M7.4 4.7 9.7 7 7.4 9.3" fill="none" stroke="currentColor"'
    ' stroke-width="1.4"/>',
    "returned": '<path d="M12 11V8.5a3 3 0 0 0-3-3H2.5M5.3 2.5l-3 3 3 3" fill="none" stroke="currentColor"'
    ' stroke-width="1.7"/>',
    "late": '<rect x=".7" y=".7" width="12.6" height="12.6" rx="1.5" fill="#f5c518" stroke="currentColor"'
    ' stroke-width="1.2"/><path d="M7 3.5V7l2.3 1.5" fill="none" stroke="#3a2600" stroke-width="1.4"/>',
    "ontime": '<rect width="14" height="14" rx="2" fill="currentColor"/>',
    "missing": '<rect x=".9" y=".9" width="12.2" height="12.2" rx="1.5" fill="#fff" stroke="currentColor"'
    ' stroke-width="1.6"/>',
    "exempt": '<path d="M2.5 7h9" stroke="currentColor" stroke-width="1.6"/>',
    "running": f'{_RING}<path d="M7 1.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
    "planned": _RING,
    "postponed": '<path d="M2 3l4 4-4 4zM7.5 3l4 4-4 4z" fill="currentColor"/>',
    "cancelled": '<circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M3.2 3.2l7.6 7.6" stroke="currentColor" stroke-width="1.5"/>',
    "overdue": f'{_BOX}<path d="M7 3.5v4.2M7 9.5v1.2" stroke="currentColor" stroke-width="1.7"/>',
    "clash": '<path d="M1.2 4.5h8.3M7 2l2.5 2.5L7 7M12.8 9.5H4.5M7 7 4.5 9.5 7 12" fill="none" stroke="currentColor"'
    ' stroke-width="1.5"/>',
    "locked": '<rect x="2.5" y="6" width="9" height="6.5" rx="1" fill="currentColor"/>'
    '<path d="M4.5 6V4.5a2.5 2.5 0 0 1 5 0V6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
}

ICONS: Final[dict[str, str]] = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5 14 14"/>',
    "bell": '<path d="M3 11.5h10c-1-1-1.3-2-1.3-4.5a3.7 3.7 0 0 0-7.4 0c0 2.5-.3 3.5-1.3 4.5zM6.7 13.5a1.5 1.5 0 0 0'
    ' 2.6 0"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "up": '<path d="M4 10l4-4 4 4"/>',
    "left": '<path d="M10 3.5 5.5 8l4.5 4.5"/>',
    "right": '<path d="M6 3.5 10.5 8 6 12.5"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z"/>',
    "info": '<circle cx="8" cy="8" r="6.3"/><path d="M8 7.2v4M8 4.7v.4"/>',
    "camera": '<path d="M1.5 5h3L6 3h4l1.5 2h3v8.5h-13z"/><circle cx="8" cy="9" r="2.5"/>',
    "file": '<path d="M4 1.5h5L12.5 5v9.5H4zM9 1.5V5h3.5"/>',
    "download": '<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>',
    "upload": '<path d="M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11"/>',
    "check": '<path d="M3 8.5 6.5 12 13 4.5"/>',
    "cloud": '<path d="M4.5 12.5a3 3 0 0 1-.3-6A4 4 0 0 1 12 6.8a2.9 2.9 0 0 1-.3 5.7z"/>'
    '<path d="M6 9.3l1.5 1.5L10 8"/>',
    "offline": '<path d="M4.5 12.5a3 3 0 0 1-.3-6A4 4 0 0 1 12 6.8a2.9 2.9 0 0 1-.3 5.7z"/><path d="M2.5 2.5l11 11"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "x": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "pen": '<path d="M2.5 13.5l.7-3L10.7 3 13 5.3l-7.5 7.5z"/>',
    "person": '<circle cx="8" cy="5" r="2.8"/><path d="M2.5 14c.6-3 2.7-4.5 5.5-4.5s4.9 1.5 5.5 4.5"/>',
    "calendar": '<path d="M2.5 3.5h11v10.5h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"/>',
}
