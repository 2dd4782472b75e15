"""A folder of labelled documents: which labels belong to which file."""

import json

import pytest

from activities.reading.folders import FolderRefused, labelled_documents


def lay(folder, *documents, **labels):
    (folder / "labels").mkdir()
    for name in documents:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("Kế hoạch")
    for name, doc in labels.items():
        (folder / "labels" / f"{name}.json").write_text(json.dumps({"doc": doc} if doc else {}))
    return [(path.name, written.get("doc")) for path, written in labelled_documents(folder)]


@pytest.mark.parametrize(
    ("documents", "labels", "pairs"),
    [
        (["000_9f.txt", "004_12.txt"], {"seed-000": "seed-000", "seed-004": "seed-004"}, ["000_9f.txt", "004_12.txt"]),
        (["000_9f.txt", "004_12.txt"], {"seed-004": None}, ["004_12.txt"]),
        (["nghi-quyet.docx"], {"nghi-quyet": None}, ["nghi-quyet.docx"]),
        (["nghi-quyet.pdf"], {"a": "nghi-quyet"}, ["nghi-quyet.pdf"]),
        (["nghi-quyet.pdf"], {"a": "nghi-quyet.pdf"}, ["nghi-quyet.pdf"]),
        (["documents/017_a.md"], {"h-17": "x17"}, ["017_a.md"]),
        # The number at the beginning, not any number in the name; the whole name before the number.
        (["12_nam-2024.txt", "2024_nam-12.txt"], {"l-12": None}, ["12_nam-2024.txt"]),
        (["12_a.txt", "12.txt"], {"12": None}, ["12.txt"]),
    ],
)
def test_labels_find_their_document(tmp_path, documents, labels, pairs):
    assert [name for name, _doc in lay(tmp_path, *documents, **labels)] == pairs


def test_documents_and_labels_may_stand_one_folder_below(tmp_path):
    (tmp_path / "documents").mkdir()
    assert lay(tmp_path / "documents", "003_a.txt", **{"kh-3": None}) == [("003_a.txt", None)]
    assert [path.name for path, _written in labelled_documents(tmp_path)] == ["003_a.txt"]


@pytest.mark.parametrize(
    ("documents", "labels", "words"),
    [
        (["000_a.txt"], {}, "There are no labels"),
        (["000_a.txt"], {"seed-001": None}, "seed-001 should belong to one document: none."),
        (["001_a.txt", "001_b.txt"], {"seed-001": None}, "one document: 001_a.txt, 001_b.txt."),
        (["001_a.xlsx"], {"seed-001": None}, "none."),
    ],
)
def test_what_does_not_fit_is_said(tmp_path, documents, labels, words):
    with pytest.raises(FolderRefused, match=words.replace(".", r"\.")):
        lay(tmp_path, *documents, **labels)


@pytest.mark.parametrize(("content", "words"), [("{", "is not JSON"), ("[]", "does not hold an object")])
def test_labels_that_are_none_are_named(tmp_path, content, words):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "seed-000.json").write_text(content)
    with pytest.raises(FolderRefused, match=words):
        labelled_documents(tmp_path)
