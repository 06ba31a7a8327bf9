"""Lists in and out, and what knows the days of the island."""

from contextlib import closing
from pathlib import Path

from charte_desktop.self_test.trials import Failure


def lists(place: Path) -> str:
    """A messy list is imported; the register goes out as a workbook and as text, and comes in again unchanged."""
    from charte_desktop.demonstration.messy_list import write_demonstration_list
    from charte_desktop.demonstration.providers import demonstration_providers
    from charte_desktop.documents import workbooks
    from charte_desktop.exchange import provider_import, provider_list, tables
    from charte_desktop.store.database import Database
    from charte_desktop.store.provider_import import carry_out, known_providers
    from charte_desktop.store.provider_register import ProviderRegister

    seen = []
    with closing(Database.create(place / "base", demonstration=True, adviser="Zoé Élan")) as database:
        messy = place / "liste œuvrée.xlsx"
        write_demonstration_list(messy, demonstration_providers())

        def bring_in(file: Path) -> dict[str, int]:
            found = provider_list.recognise(tables.read_workbook(file))
            plan = provider_import.plan(found, known_providers(database), file.name, database.today())
            carry_out(database, plan)
            (place / f"rapport {file.stem}.xlsx").write_bytes(workbooks.import_report(plan))
            return plan.counts()

        first = bring_in(messy)
        if not first["created"]:
            raise Failure(f"la liste n'a rien créé : {first}")
        seen.append(f"{first['read']} lignes lues, {first['created']} créées")
        register = ProviderRegister(database)
        for ending, make in ((".xlsx", workbooks.provider_export_xlsx), (".csv", workbooks.provider_export_csv)):
            out = place / f"registre{ending}"
            out.write_bytes(make(register.all(), database.today(), register.rule))
            again = bring_in(out)
            if again["created"]:
                raise Failure(f"le registre écrit en {ending} revient avec des fiches nouvelles : {again}")
            seen.append(f"{ending} relu")
    return ", ".join(seen)


def calendar(_: Path) -> str:
    """Time zones and the holidays of La Réunion are there."""
    from datetime import date
    from zoneinfo import ZoneInfo

    from icalendar import Calendar, Event

    from charte_desktop.model.calendar import holidays_of

    named = holidays_of(2026).get(date(2026, 12, 20))
    if not named:
        raise Failure("le 20 décembre n'est pas un jour férié")
    appointment = Event()
    appointment.add("dtstart", date(2026, 12, 21))
    kept = Calendar()
    kept.add_component(appointment)
    if b"20261221" not in kept.to_ical():
        raise Failure("un calendrier ne s'écrit pas")
    return f"{ZoneInfo('Indian/Reunion')}, 20 décembre : {named}"
