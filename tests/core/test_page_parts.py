"""Parts and links of a page come in the order of registering, once each, where there is something to show."""

from core.page_parts import PageLink, PageLinks, PagePart, PageParts


def test_parts_come_in_order_once_each_and_without_those_that_have_nothing():
    parts = PageParts()
    first = lambda subject, reader: PagePart("first.html", (subject, reader))  # noqa: E731
    nothing = lambda subject, reader: None  # noqa: E731
    last = lambda subject, reader: PagePart("last.html", subject)  # noqa: E731
    for provider in (first, nothing, last, first):
        parts.register(provider)
    assert parts.of("plan", "reader") == [PagePart("first.html", ("plan", "reader")), PagePart("last.html", "plan")]


def test_links_are_offered_likewise():
    links = PageLinks()
    links.register(lambda subject, reader: PageLink(f"{subject} {reader}", "/a/") if reader else None)
    assert links.of("plan", "reader") == [PageLink("plan reader", "/a/")]
    assert links.of("plan", "") == []
