"""docs/clauses.md leads from each clause to what shows it, what makes it real and what tries it."""

import re
from pathlib import Path

import pytest

from charte_desktop import paths
from charte_desktop.model import clauses

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`([^`]+)`")


def lines() -> dict[str, list[str]]:
    """The cells of each clause's line."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "docs" / "clauses.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"C\d\d", cells[0]):
            assert cells[0] not in found, f"{cells[0]} stands twice"
            found[cells[0]] = cells
    return found


def test_every_clause_has_its_line_with_its_own_words() -> None:
    known = clauses.clauses()
    assert len(known) == 41
    assert sorted(lines()) == sorted(known)
    for clause_id, cells in lines().items():
        assert cells[1] == known[clause_id].title


@pytest.mark.parametrize("clause_id", sorted(lines()))
def test_what_the_line_of_a_clause_names_is_there(clause_id: str) -> None:
    _, _, screen, forms, code, tests = lines()[clause_id]
    assert screen
    for form in NAMED.findall(forms) or [""]:
        assert (paths.forms() / f"{form}.ui").is_file(), f"{clause_id}: no form {form!r}"
    for module in NAMED.findall(code) or [""]:
        assert (ROOT / "charte_desktop" / module).is_file(), f"{clause_id}: no module {module!r}"
    named = NAMED.findall(tests)
    assert any(clause_id.lower() in one.partition("::")[2].split("_") for one in named), (
        f"{clause_id}: no test of its own"
    )
    for one in named:
        file, _, name = one.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), f"{clause_id}: no test {one}"
