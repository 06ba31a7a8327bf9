import resource
from pathlib import Path

import pytest

from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile


def test_a_file_is_replaced_in_one_step_and_nothing_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "neuf" / "export.csv"
    for content in (b"un", b"deux"):
        with ResultFile(target) as file:
            file.write(content)
        assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]


def test_what_was_prepared_takes_its_place_only_when_published(tmp_path: Path) -> None:
    target = tmp_path / "rapport.xlsx"
    target.write_bytes(b"d'avant")
    with ResultFile(target) as file:
        file.prepare(b"nouveau")
        assert target.read_bytes() == b"d'avant"
        file.publish()
    assert target.read_bytes() == b"nouveau"


def test_a_work_left_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "rapport.xlsx"
    target.write_bytes(b"d'avant")
    with ResultFile(target) as file:
        file.prepare(b"nouveau")
    assert target.read_bytes() == b"d'avant"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["", ".", "..", "dossier", "fichier/export.csv", "x" * 300 + ".csv", "/proc/x.csv"])
def test_a_place_where_nothing_can_be_written_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    (tmp_path / "dossier").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError, match=r"autre dossier|est un dossier"), ResultFile(tmp_path / name):
        raise AssertionError("the work has begun")
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(UserError, match="est un dossier"), ResultFile(Path()):
        raise AssertionError("the work has begun")


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "rapport.xlsx"
    target.write_bytes(b"d'avant")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(UserError, match="ne peut pas être écrit"), ResultFile(target) as file:
            file.write(bytes(10_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert target.read_bytes() == b"d'avant"
    assert list(tmp_path.iterdir()) == [target]
