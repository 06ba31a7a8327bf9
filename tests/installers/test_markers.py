import pytest

from installers.markers import LINUX, WINDOWS, holds, lock_for, may_hold

LOCK = """alembic==1.20.1 \\
    --hash=sha256:aa
pywin32-ctypes==0.2.3 ; sys_platform == 'win32' \\
    --hash=sha256:bb
jeepney==0.9.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc \\
    --hash=sha256:dd
zipp==4.1.2 ; python_full_version < '3.12' \\
    --hash=sha256:ee
"""


def test_a_lock_for_windows_has_what_windows_wants_and_nothing_of_linux() -> None:
    lock = lock_for(LOCK, WINDOWS)
    assert [line.split()[0] for line in lock.splitlines() if "==" in line] == [
        "alembic==1.20.1",
        "pywin32-ctypes==0.2.3",
        "zipp==4.1.2",
    ]
    assert "cc" not in lock
    assert ";" not in lock


def test_every_hash_of_a_kept_package_stays() -> None:
    assert lock_for(LOCK, LINUX).count("--hash=") == 4


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("python_full_version < '3.12'", True),
        ("python_full_version >= '3.9'", True),  # 9 before 11: by number, not by letter
        ("python_full_version < '3.9' or sys_platform == 'win32'", True),
        ("sys_platform == 'win32' and platform_machine == 'ARM64'", False),
        ("platform_python_implementation != 'PyPy'", True),
    ],
)
def test_a_condition_is_judged_for_another_system(marker: str, expected: bool) -> None:
    assert holds(marker, WINDOWS) is expected


def test_a_condition_that_is_not_understood_refuses_the_lock_and_keeps_a_dependency() -> None:
    with pytest.raises(ValueError, match="not understood"):
        holds("sys_platform in 'linux win32'", LINUX)
    assert may_hold("sys_platform in 'linux win32'", LINUX)
    assert not may_hold("extra == 'async'", LINUX)
