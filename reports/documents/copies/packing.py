"""Office files are zips: the same parts give the same bytes, whatever the clock says."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def steady(content: bytes, *, dated: date) -> bytes:
    """The file with the document's own date in it as the only one."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>" + f"{dated.isoformat()}T00:00:00Z".encode() + rb"\g<2>", part)
            entry = ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, part)
    return stream.getvalue()
