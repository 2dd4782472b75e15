"""Photos and papers as they come from telephones, and what of them lies on the disk."""

import io

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.attachments import Attachment


def photo(colour: str = "red", name: str = "ngay-hoi.jpg", exif: Image.Exif | None = None) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif or Image.Exif())
    return SimpleUploadedFile(name, out.getvalue())


def paper(text: str = "Kế hoạch", name: str = "ke-hoach.pdf") -> Attachment:
    return Attachment(name, b"%PDF-1.7 " + text.encode(), "application/pdf")


def files_on_disk() -> list[str]:
    found, folders = [], ["stored"]
    while folders:
        folder = folders.pop()
        if default_storage.exists(folder):
            inside, names = default_storage.listdir(folder)
            folders += [f"{folder}/{name}" for name in inside]
            found += names
    return found
