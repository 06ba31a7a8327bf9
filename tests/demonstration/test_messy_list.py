from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from charte_desktop.demonstration.messy_list import (
    HEADER_ROW,
    HEADERS,
    SHEET,
    ExpectedImport,
    write_demonstration_list,
)
from charte_desktop.demonstration.providers import demonstration_providers, list_providers
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, LineAction

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def list_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("list") / "liste.xlsx"


@pytest.fixture(scope="module")
def expected(list_file: Path) -> ExpectedImport:
    return write_demonstration_list(list_file, demonstration_providers())


@pytest.fixture(scope="module")
def plan(expected: ExpectedImport, list_file: Path) -> ImportPlan:
    lists = provider_list.recognise(tables.read_workbook(list_file))
    return provider_import.plan(lists, KnownRecords(demonstration_providers()), list_file.name, TODAY)


def test_base_and_list_make_exactly_120_providers(expected: ExpectedImport, plan: ImportPlan) -> None:
    assert expected.count(LineAction.CREATED) + expected.count(LineAction.INCOMPLETE) == 24
    assert len(demonstration_providers()) + len(plan.new) == 120


def test_every_line_of_the_list_is_imported_as_a_person_would_read_it(
    expected: ExpectedImport, plan: ImportPlan
) -> None:
    wanted = {line.row: (line.action.value, line.siren) for line in expected.lines}
    found = {line.row: (line.action.value, line.siren) for line in plan.lines if line.row in wanted}
    assert found == wanted
    unexpected = [line for line in plan.lines if line.row not in wanted and line.action is not LineAction.LEFT_OUT]
    assert unexpected == []


def test_new_providers_are_read_value_by_value(plan: ImportPlan) -> None:
    by_name = {one.values["legal_name"].casefold(): one for one in plan.new}
    for provider in list_providers()[:18]:
        new = by_name[provider.legal_name.casefold()]
        assert new.values["siren"] == provider.siren
        assert new.values["phones"] == provider.phones
        assert new.values["emails"] == provider.emails
        assert (new.values["ape_code"], new.values["ape_nomenclature"]) == (
            provider.ape_code,
            provider.ape_nomenclature,
        )
        assert (new.values["postal_code"], new.values["commune_code"]) == (provider.postal_code, provider.commune_code)
        assert new.values["address"] == provider.address
        assert new.values["headcount_band"] == provider.headcount_band
        assert sorted(new.service_ids) == provider.service_ids
        assert new.values["website"] == provider.website


def test_the_charters_of_the_list_are_read_whatever_their_writing(plan: ImportPlan) -> None:
    signed = {one.values["legal_name"].casefold(): one.signed_on for one in plan.new if one.signed_on}
    assert set(signed) == {one.legal_name.casefold() for one in list_providers()[:12]}
    assert all(date(2024, 1, 15) <= day <= date(2026, 7, 3) for day in signed.values())


def test_the_three_known_lines_bring_what_is_new_and_nothing_else(expected: ExpectedImport, plan: ImportPlan) -> None:
    known = {one.id: one for one in demonstration_providers()}
    changed = [line for line in plan.lines if line.action is LineAction.UPDATED]
    assert {field for line in changed for field in line.changes} == {
        "charter_signed_on", "address", "legal_representative",
    }  # fmt: skip
    assert [len(line.changes) for line in changed] == [1, 1, 1]
    assert {line.record_id for line in changed} <= set(known)


def test_the_same_seed_writes_the_same_list(tmp_path: Path, expected: ExpectedImport, list_file: Path) -> None:
    again = tmp_path / "encore.xlsx"
    assert write_demonstration_list(again, demonstration_providers()) == expected

    def cells(path: Path) -> list[tuple[object, ...]]:
        return [row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)]

    assert cells(again) == cells(list_file)


def test_the_list_has_the_damage_of_a_real_one(expected: ExpectedImport, list_file: Path) -> None:
    book = load_workbook(list_file)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    sheet = book[SHEET]
    assert [cell.value for cell in sheet[HEADER_ROW]] == list(HEADERS)
    rows = [row for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True) if any(row)]
    kinds = Counter(type(row[HEADERS.index("SIREN / SIRET")]) for row in rows)
    assert kinds[int] >= 3
    assert kinds[str] >= 10
    dates = Counter(type(row[HEADERS.index("Charte signée le")]) for row in rows)
    assert {datetime, int, str} <= set(dates)
    assert any(str(row[2]).startswith("=") for row in rows)
    assert expected.count(LineAction.DUPLICATE) == 2
    assert expected.count(LineAction.UPDATED) == 3
    assert expected.count(LineAction.LEFT_OUT) == 10
