from pathlib import Path

import pytest

from charte_desktop.demonstration import build, show
from charte_desktop.errors import UserError
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model.import_plan import ImportPlan
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.database import Database
from charte_desktop.store.provider_import import carry_out, known_providers
from charte_desktop.store.provider_register import ProviderRegister


def _planned(database: Database, list_file: Path) -> ImportPlan:
    lists = provider_list.recognise(tables.read_workbook(list_file))
    return provider_import.plan(lists, known_providers(database), list_file.name, database.today())


def test_the_list_brings_the_base_to_120_providers_and_a_second_time_nothing(tmp_path: Path) -> None:
    list_file = tmp_path / "liste.xlsx"
    database = build(tmp_path / "base", list_file)
    try:
        register = ProviderRegister(database)
        assert register.count() == 96
        carry_out(database, _planned(database, list_file))
        assert register.count() == 120
        assert register.counts_by_state()[ProviderState.SIGNATORY] == 58 + 12 + 1
        again = _planned(database, list_file)
        assert again.changes_nothing()
        assert again.counts()["unchanged"] == 27
    finally:
        database.close()


def test_a_demonstration_never_writes_over_what_it_did_not_make(database: Database, tmp_path: Path) -> None:
    database.close()
    mine = tmp_path / "liste-prestataires.xlsx"
    mine.write_bytes(b"la liste d'une conseillere")
    with pytest.raises(UserError, match="existe déjà"):
        show(tmp_path / "." / "")
    mine.rename(tmp_path / "ailleurs.xlsx")
    with pytest.raises(UserError, match="contient une vraie base"):
        show(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["ailleurs.xlsx", "base"]


def test_a_demonstration_that_is_open_is_not_taken_from_under_the_window(tmp_path: Path) -> None:
    shown = build(tmp_path / "base", tmp_path / "liste.xlsx")
    try:
        with pytest.raises(UserError, match="déjà ouverte"):
            build(tmp_path / "base", tmp_path / "liste.xlsx")
        assert ProviderRegister(shown).count() == 96
    finally:
        shown.close()
    build(tmp_path / "base", tmp_path / "liste.xlsx").close()


def test_a_demonstration_in_a_place_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    for name in ("fichier", "fichier/demo", "x" * 300):
        with pytest.raises(UserError, match="Choisissez un autre dossier"):
            show(tmp_path / name)
