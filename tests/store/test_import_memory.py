from charte_desktop.store.database import Database
from charte_desktop.store.import_memory import ImportMemory, RememberedList
from charte_desktop.store.journal_reading import last_change

SHAPE = ("Société", "N° SIREN", "Tél.")
MAPPING = {"Société": "legal_name", "N° SIREN": "siren", "Tél.": ""}


def test_a_list_of_the_same_shape_is_read_as_the_last_one(database: Database) -> None:
    ImportMemory(database).remember(SHAPE, MAPPING, 3)

    assert ImportMemory(database).recall(("SOCIETE", "n°  siren", "tel")) == RememberedList(MAPPING, 3)


def test_another_shape_is_not_known(database: Database) -> None:
    memory = ImportMemory(database)
    memory.remember(SHAPE, MAPPING)

    assert memory.recall(SHAPE[:2]) is None
    assert memory.recall((SHAPE[1], SHAPE[0], SHAPE[2])) is None


def test_the_last_choice_counts_and_a_known_one_is_not_written_again(database: Database) -> None:
    memory = ImportMemory(database)
    memory.remember(SHAPE, {})
    memory.remember(SHAPE, MAPPING, 0)
    before = last_change(database)
    memory.remember(SHAPE, MAPPING, 0)

    assert memory.recall(SHAPE) == RememberedList(MAPPING, 0)
    assert last_change(database) == before
