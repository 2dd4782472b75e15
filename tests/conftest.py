"""The standing cast: a small real province, and the people who hold roles in it.

``province`` is a namespace of units; each person is a fixture of their own, so that a test names
exactly who plays. Nothing here is reported yet: tests make what they need through the services.
"""

import gc
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db.models import Model

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import create_person, grant_role
from units.enums import Kind
from units.models import Bloc, BlocMembership, Headcount, Unit
from units.services import create_bloc, create_unit, join_bloc, set_headcount

OPENED = date(2020, 1, 1)
PASSWORD = "mat-khau-thu-2024"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out the tests that touch no database: on a second database they could not say anything new",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    touching = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk through the modules and tests again and again: a tenth of the run's time."""
    gc.freeze()


def _touches_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not asked.isdisjoint({"db", "transactional_db"})


@pytest.fixture(autouse=True)
def demo_day(settings, tmp_path):
    """Every test lives on 5/10/2024 and keeps its files to itself."""
    settings.PORTAL_TODAY = date(2024, 10, 5)
    settings.KEPT_PAGES_SECONDS = 0  # nothing is committed in most tests, and so no kept page would ever be void
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@dataclass(frozen=True)
class Province:
    """TW over two provinces. In Quảng Nam: a bloc union with four grassroots units and two branches."""

    top: Unit
    qna: Unit
    bloc_union: Unit
    hospital: Unit  # đoàn cơ sở, in bloc 1, with two branches
    hospital_surgery: Unit
    hospital_medicine: Unit
    college: Unit  # đoàn cơ sở, in bloc 2
    justice: Unit  # chi đoàn cơ sở, in bloc 1
    finance: Unit  # chi đoàn cơ sở, in bloc 2
    kgi: Unit
    rach_gia: Unit
    bloc_1: Bloc
    bloc_2: Bloc

    @property
    def grassroots(self) -> list[Unit]:
        return [self.hospital, self.college, self.justice, self.finance]


def _grassroots(parent: Unit, number: int, name: str, kind: Kind, members: int) -> Unit:
    unit = create_unit(code=f"QNA-KCQ-{number:03d}", name=name, kind=kind, parent=parent, opened_on=OPENED)
    set_headcount(unit=unit, as_of=date(2024, 1, 1), members=members)
    return unit


@pytest.fixture
def province(db) -> Province:
    """The province as the services make it. They make it once a process; later tests get the same rows laid down."""
    if Unit.objects.exists():
        return _build()
    if not _MADE:
        built = _build()
        _MADE.update({model: list(model.objects.order_by("pk").values()) for model in _MODELS})
        return built
    for model in _MODELS:
        model.objects.bulk_create([model(**row) for row in _MADE[model]])
    return _found()


# The rows of the province by their models, each after those that it points to.
_MODELS = (Unit, Headcount, Bloc, BlocMembership)
_MADE: dict[type[Model], list[dict[str, Any]]] = {}


def _build() -> Province:
    top = create_unit(code="TW", name="Trung ương Đoàn", kind=Kind.CENTRAL, opened_on=OPENED, is_reporting=False)
    qna = create_unit(code="QNA", name="Tỉnh đoàn Quảng Nam", kind=Kind.PROVINCE_UNION, parent=top, opened_on=OPENED)
    kgi = create_unit(code="KGI", name="Tỉnh đoàn Kiên Giang", kind=Kind.PROVINCE_UNION, parent=top, opened_on=OPENED)
    kcq = create_unit(
        code="QNA-KCQ",
        name="Đoàn Khối các cơ quan tỉnh Quảng Nam",
        short_name="Đoàn Khối các cơ quan",
        kind=Kind.BLOC_UNION,
        parent=qna,
        opened_on=OPENED,
        paper_name="BCH ĐOÀN KHỐI CÁC CƠ QUAN",
        superior_paper_name="TỈNH ĐOÀN QUẢNG NAM",
        place_of_issue="Quảng Nam",
    )
    hospital = _grassroots(kcq, 1, "Đoàn cơ sở Bệnh viện Đa khoa", Kind.GRASSROOTS_UNION, 240)
    college = _grassroots(kcq, 2, "Đoàn cơ sở Trường Cao đẳng Y tế", Kind.GRASSROOTS_UNION, 180)
    justice = _grassroots(kcq, 3, "Chi đoàn Sở Tư pháp", Kind.GRASSROOTS_BRANCH, 32)
    finance = _grassroots(kcq, 4, "Chi đoàn Sở Tài chính", Kind.GRASSROOTS_BRANCH, 40)
    for n, name in enumerate(["Chi đoàn Khối Ngoại", "Chi đoàn Khối Nội"], start=1):
        create_unit(code=f"QNA-KCQ-001-{n:02d}", name=name, kind=Kind.BRANCH, parent=hospital, opened_on=OPENED)
    blocs = [create_bloc(owner=kcq, number=n, name=f"Khối thi đua số {n}") for n in (1, 2)]
    for unit, bloc in ((hospital, 0), (justice, 0), (college, 1), (finance, 1)):
        join_bloc(unit=unit, bloc=blocs[bloc], on=OPENED)
    create_unit(code="KGI-RACHGIA", name="Thành đoàn Rạch Giá", kind=Kind.DISTRICT_UNION, parent=kgi, opened_on=OPENED)
    return _found()


_CODES = {
    "top": "TW",
    "qna": "QNA",
    "bloc_union": "QNA-KCQ",
    "hospital": "QNA-KCQ-001",
    "hospital_surgery": "QNA-KCQ-001-01",
    "hospital_medicine": "QNA-KCQ-001-02",
    "college": "QNA-KCQ-002",
    "justice": "QNA-KCQ-003",
    "finance": "QNA-KCQ-004",
    "kgi": "KGI",
    "rach_gia": "KGI-RACHGIA",
}


def _found() -> Province:
    units = {unit.code: unit for unit in Unit.objects.all()}
    blocs = {bloc.number: bloc for bloc in Bloc.objects.all()}
    return Province(
        **{name: units[code] for name, code in _CODES.items()},
        bloc_1=blocs[1],
        bloc_2=blocs[2],
    )


def person(username: str, name: str, unit: Unit | None = None, role: RoleName | None = None, bloc=None) -> User:
    """Make someone who can sign in with PASSWORD, holding at most one role."""
    user = create_person(username=username, full_name=name, password=PASSWORD, email=f"{username}@example.vn")
    if unit is not None and role is not None:
        grant_role(actor=None, user=user, unit=unit, name=role, bloc=bloc)
    return user


@pytest.fixture
def secretary(province) -> User:
    """Secretary of the branch of the Department of Justice."""
    return person("thu.tuphap", "Bí thư Chi đoàn Sở Tư pháp", province.justice, RoleName.SECRETARY)


@pytest.fixture
def neighbour(province) -> User:
    """Secretary of a sibling unit: may not see the Department of Justice."""
    return person("thu.taichinh", "Bí thư Chi đoàn Sở Tài chính", province.finance, RoleName.SECRETARY)


@pytest.fixture
def hospital_secretary(province) -> User:
    return person("thu.benhvien", "Bí thư Đoàn Bệnh viện", province.hospital, RoleName.SECRETARY)


@pytest.fixture
def officer(province) -> User:
    return person("can.bo", "Cán bộ Đoàn Khối", province.bloc_union, RoleName.OFFICER)


@pytest.fixture
def leader(province) -> User:
    return person("lanh.dao", "Bí thư Đoàn Khối", province.bloc_union, RoleName.LEADER)


@pytest.fixture
def administrator(province) -> User:
    return person("quan.tri", "Quản trị Đoàn Khối", province.bloc_union, RoleName.ADMINISTRATOR)


@pytest.fixture
def bloc_head(province) -> User:
    """Head of bloc 1: reads the hospital and the Department of Justice, nothing else."""
    return person("khoi.truong", "Trưởng khối thi đua số 1", province.bloc_union, RoleName.BLOC_HEAD, province.bloc_1)


@pytest.fixture
def top_leader(province) -> User:
    return person("lanh.dao.tw", "Lãnh đạo Trung ương Đoàn", province.top, RoleName.LEADER)


@pytest.fixture
def top_officer(province) -> User:
    return person("can.bo.tw", "Cán bộ Trung ương Đoàn", province.top, RoleName.OFFICER)


@pytest.fixture
def outsider(province) -> User:
    """Officer of another province: nothing of Quảng Nam exists for them."""
    return person("can.bo.kg", "Cán bộ Tỉnh đoàn Kiên Giang", province.kgi, RoleName.OFFICER)


@pytest.fixture
def outside_leader(province) -> User:
    return person("lanh.dao.kg", "Lãnh đạo Tỉnh đoàn Kiên Giang", province.kgi, RoleName.LEADER)


@pytest.fixture
def nobody(province) -> User:
    """Someone who signs in and holds no role at all."""
    return person("khach", "Người chưa được giao việc")
