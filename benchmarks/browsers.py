"""People at their browsers: one cookie jar each, a connection as long as they are busy, every request timed."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlencode

from benchmarks.servers import HOST

PATIENCE_SECONDS = 120
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

Work = TypeVar("Work")


class Failed(Exception):
    """An answer that nobody wished for; it is counted and told, and the person goes on with the next report."""


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    place: str
    seconds: float


@dataclass
class Browser:
    """One person. ``seconds`` gathers the time of each request, from asking to the last byte, by what it was for."""

    port: int
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)

    def get(self, what: str, address: str, *, wished: int = 200) -> Answer:
        return self._ask(what, "GET", address, None, {}, wished)

    def post(self, what: str, address: str, form: Iterable[tuple[str, str]], *, wished: int = 200) -> Answer:
        """Send a form as a browser does that brings no file along."""
        body = urlencode(list(form)).encode()
        return self._ask(what, "POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"}, wished)

    def sign_in(self, username: str, password: str) -> None:
        """Through the real page, as everybody does."""
        page = self.get("sign-in", "/accounts/login/")
        form = [("csrfmiddlewaretoken", token_in(page)), ("login", username), ("password", password)]
        self.post("sign-in", "/accounts/login/", form, wished=302)

    def _ask(
        self, what: str, method: str, address: str, body: bytes | None, headers: dict[str, str], wished: int
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**headers, "Host": f"{HOST}:{self.port}", "Cookie": cookies, "Accept-Encoding": "identity"}
        began = time.perf_counter()
        try:
            self.connection.request(method, address, body, headers)
            response = self.connection.getresponse()
            content = response.read()
        except OSError as lost:
            self.connection.close()
            raise Failed(f"{method} {address}: {lost}") from lost
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        self.seconds[what].append(seconds)
        if response.status != wished:
            raise Failed(f"{method} {address}: {response.status} and not {wished}")
        return Answer(response.status, content.decode(), response.headers.get("Location", ""), seconds)


def token_in(page: Answer) -> str:
    """The token that a page's form carries against forged requests."""
    found = TOKEN.search(page.text)
    if found is None:
        raise Failed("the page carries no token")
    return found[1]


@dataclass(frozen=True)
class Round:
    """What came of a round: seconds of each kind of request, what failed, and how long all of it took."""

    seconds: dict[str, list[float]]
    failures: list[str]
    whole: float


def at_once(clients: int, work: list[Work], step: Callable[[Work], Browser]) -> Round:
    """Share ``work`` among so many clients that start together; each takes its share one after the other.

    ``step`` returns the browser that it used, whose times are gathered and emptied.
    """
    gate = Barrier(clients)
    seconds: dict[str, list[float]] = defaultdict(list)
    failures: list[str] = []

    def client(share: list[Work]) -> None:
        gate.wait()
        for one in share:
            try:
                browser = step(one)
            except Failed as failure:
                failures.append(str(failure))
                continue
            browser.connection.close()  # people read and write for longer than a server keeps a connection
            for what, times in browser.seconds.items():
                seconds[what].extend(times)
            browser.seconds.clear()

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, [work[number::clients] for number in range(clients)]))
    return Round(dict(seconds), failures, time.perf_counter() - began)
