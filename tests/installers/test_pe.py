import shutil
from pathlib import Path

import pytest

from installers import pe

PROGRAMS = Path(__file__).parents[1] / "data" / "installers"
PROGRAM = PROGRAMS / "update-9.1.0.exe"


def test_the_libraries_that_a_windows_program_asks_for() -> None:
    read = pe.read(PROGRAM)
    assert {"kernel32.dll", "shell32.dll", "user32.dll"} <= read.wanted
    assert read.delayed == frozenset()
    assert read.machine == 0x8664


def test_the_functions_that_a_windows_program_asks_of_a_library() -> None:
    assert pe.functions(PROGRAM, "shell32.dll") == {"CommandLineToArgvW"}
    assert pe.functions(PROGRAM, "absent.dll") == frozenset()


def test_a_signed_program_is_told_from_one_that_is_not() -> None:
    assert not pe.read(PROGRAM).is_signed
    assert pe.read(PROGRAMS / "update-9.1.0-publisher.exe").is_signed


def test_a_mended_checksum_is_the_right_one_and_changes_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "program.exe"
    shutil.copyfile(PROGRAM, file)
    before = file.read_bytes()
    data = bytearray(before)
    place = data.index(pe.stored_checksum(before).to_bytes(4, "little"))
    data[place : place + 4] = bytes(4)
    file.write_bytes(data)
    pe.mend_checksum(file)
    assert pe.stored_checksum(file.read_bytes()) == pe.checksum(file.read_bytes())
    assert file.read_bytes() == before  # the linker had it right


def test_what_is_no_windows_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.exe"
    other.write_bytes(b"MZ" + bytes(200))
    assert pe.is_pe(other)
    with pytest.raises(ValueError, match="not a Windows program"):
        pe.read(other)
