"""Why a file is not read, as sentences for the person who chose it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "too_large": gettext_lazy("The file is larger than 20 MB. Take the pictures out, or choose the text only."),
    "too_long": gettext_lazy(
        "The text is far longer than a plan (more than 200,000 letters or 10,000 lines). Choose the plan's part only."
    ),
    "empty": gettext_lazy("There is no text in the file."),
    "wrong_type": gettext_lazy(
        "This is not a text document, whatever the file's name says. Choose a .docx, .pdf, .txt or .md file."
    ),
    "workbook": gettext_lazy(
        "This is an Excel workbook. Targets and activities from Excel are read on their own import page."
    ),
    "encrypted": gettext_lazy("The file is locked with a password. Take the password off, save it and choose it anew."),
    "broken": gettext_lazy("The file is damaged and cannot be read. Open it, save it again and choose it anew."),
    "too_heavy": gettext_lazy("The file unpacks to far more than a document needs, and is not opened."),
    "scan": gettext_lazy(
        "The file holds pictures of pages without text (a scan). Choose the file it was printed from, "
        "or have the scan's text recognised first."
    ),
    "encoding": gettext_lazy("The letters of the text cannot be made out. Save it as UTF-8 and choose it anew."),
    "no_word_97": gettext_lazy(
        "This is a file of an old Word (.doc) or RTF, which this portal's machine cannot open. In Word choose "
        "File, Save As, “Word Document (.docx)”, then choose the new file."
    ),
    "word_97_failed": gettext_lazy(
        "The old Word file (.doc) could not be converted. In Word choose File, Save As, “Word Document (.docx)”, "
        "then choose the new file."
    ),
}


def sentence(code: str) -> str:
    """Return the sentence for a code, in the language of who asks."""
    return str(SENTENCES[code]) if code in SENTENCES else _("The file cannot be read.")
