from pathlib import Path

from charte_desktop.demonstration import build
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model.import_plan import ImportPlan
from charte_desktop.model.provider import ProviderState
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
