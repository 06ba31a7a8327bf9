from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.provider import Provider
from charte_desktop.model.sheet import Criteria, DirectorySheet
from charte_desktop.model.sheet_content import SheetContent
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets, SheetOptions
from charte_desktop.store.provider_register import ProviderRegister
from tests.clock import FixedClock
from tests.factory import a_provider, enter, enter_company

SITE = Criteria(("S01",))


def as_text(content: SheetContent) -> bytes:
    """Stands for the drawing: what the store hands to it, in order."""
    return "\n".join([content.number, *(entry.legal_name for entry in content.entries)]).encode()


def one_page(content: SheetContent) -> int:
    return 1


def accompaniment(database: Database, **company: object) -> str:
    entered = enter_company(database, **company)
    return CompanyRecords(database).accompany(entered.id, AccompanimentKind.DIAGNOSTIC, database.today()).id


def issue(database: Database, criteria: Criteria = SITE, options: SheetOptions | None = None) -> DirectorySheet:
    return DirectorySheets(database).issue(accompaniment(database), criteria, as_text, one_page, options)


def proposed(database: Database, criteria: Criteria) -> set[str]:
    return {candidate.provider.id for candidate in DirectorySheets(database).propose(criteria)}


def ids(providers: Iterable[Provider]) -> set[str]:
    return {provider.id for provider in providers}


def test_hard_criteria_are_service_territory_and_size(database: Database) -> None:
    kept = enter(
        database,
        a_provider("S01", "S02"),
        a_provider("S01", territory=["97415", "97416"]),
        a_provider("S01", sizes_served=["01", "02"]),
    )
    enter(
        database,
        a_provider("S02"),
        a_provider("S01", territory=["97416"]),
        a_provider("S01", sizes_served=["12"]),
    )

    assert proposed(database, Criteria(("S01",), commune_code="97415", headcount_band="01")) == ids(kept)


def test_each_line_says_why_it_is_there_from_declared_facts(database: Database) -> None:
    enter(database, a_provider("S01", "S13", "S16", territory=["97415"], sizes_served=["01"]))

    (candidate,) = DirectorySheets(database).propose(Criteria(("S01", "S13"), "97415", "01"))

    assert candidate.reason == (
        "Déclare : Création / refonte site internet, RGPD ; intervient à Saint-Paul ; s'adresse aux entreprises de "
        "votre taille (1 ou 2 salariés) ; charte signée le 12/03/2025."
    )


def test_c07_a_sheet_comes_from_an_accompaniment_only(database: Database) -> None:
    with pytest.raises(UserError, match="lors d'un accompagnement"):
        DirectorySheets(database).issue("de nulle part", SITE, as_text, one_page)


def test_c07_a_hand_over_keeps_number_receiver_day_providers_adviser_and_the_pdf_itself(database: Database) -> None:
    providers = enter(database, a_provider(), a_provider())
    sheets = DirectorySheets(database)
    sheet = issue(database)

    sheets.hand_over(sheet.id, "La gérante", "papier")

    (kept,) = sheets.of_company(sheet.company_id)
    (hand_over,) = sheets.hand_overs(sheet.id)
    assert (hand_over.to_whom, hand_over.handed_at, hand_over.adviser) == (
        "La gérante",
        database.clock(),
        database.adviser,
    )
    assert {line.provider_id for line in kept.lines} == ids(providers)
    assert sheets.pdf(sheet.id).decode().splitlines()[0] == kept.number
    assert kept.pdf_sha256 == sha256(sheets.pdf(sheet.id)).hexdigest()


def test_a_hand_over_to_nobody_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="à qui"):
        DirectorySheets(database).hand_over(issue(database).id, "  ")


def test_numbers_follow_each_other_and_start_again_with_the_year(database: Database, clock: FixedClock) -> None:
    first, second = issue(database), issue(database)
    clock.advance(days=365)
    later = issue(database)

    code = database.device
    assert [first.number, second.number] == [f"FA-2026-{code}-00001", f"FA-2026-{code}-00002"]
    assert later.number == f"FA-2027-{code}-00001"


def test_the_order_is_a_draw_that_anyone_can_replay_from_the_number_and_the_sirens(database: Database) -> None:
    providers = {provider.id: provider for provider in enter(database, *(a_provider() for _ in range(12)))}
    sheet = issue(database)

    printed = [providers[line.provider_id].siren for line in sheet.lines]
    replayed = sorted(printed, key=lambda siren: sha256(f"{sheet.number}|{siren}".encode()).hexdigest())

    assert printed == replayed
    assert printed != sorted(printed)


def test_over_many_sheets_every_provider_comes_first_now_and_then(database: Database) -> None:
    enter(database, *(a_provider() for _ in range(4)))
    held = accompaniment(database)
    sheets = DirectorySheets(database)
    for _ in range(60):
        sheets.issue(held, SITE, as_text, one_page)

    exposure = sheets.exposure()

    assert [line.listed for line in exposure] == [60] * 4
    assert sum(line.first for line in exposure) == 60
    assert min(line.first for line in exposure) >= 4


def test_exposure_counts_the_sheets_of_a_period_with_its_first_and_last_day(
    database: Database, clock: FixedClock
) -> None:
    enter(database, a_provider())
    first_day = issue(database).issued_on
    clock.advance(days=10)
    last_day = issue(database).issued_on

    def listed(since: date | None, until: date | None) -> list[int]:
        return [line.listed for line in DirectorySheets(database).exposure(since, until)]

    assert listed(first_day, last_day) == listed(None, None) == [2]
    assert listed(first_day, first_day) == listed(last_day, None) == [1]
    assert listed(first_day + timedelta(days=1), last_day - timedelta(days=1)) == []


def test_the_adviser_leaves_out_and_adds_with_a_written_reason(database: Database) -> None:
    listed, left_out, added = enter(database, a_provider("S01"), a_provider("S01"), a_provider("S05"))
    options = SheetOptions(left_out={left_out.id: "Complet jusqu'en mars"}, added={added.id: "Connaît déjà la maison"})

    sheet = issue(database, options=options)

    by_hand = {line.provider_id: line.by_hand for line in sheet.lines}
    assert by_hand == {listed.id: "", added.id: "Connaît déjà la maison"}
    assert sheet.left_out == [{"provider_id": left_out.id, "reason": "Complet jusqu'en mars"}]


def test_a_line_added_or_left_out_without_a_reason_is_refused(database: Database) -> None:
    (provider,) = enter(database, a_provider())

    for options in (SheetOptions(left_out={provider.id: " "}), SheetOptions(added={provider.id: ""})):
        with pytest.raises(UserError, match="motif"):
            issue(database, options=options)


def test_c06_a_provider_that_is_no_publishable_signatory_cannot_be_added_by_hand(database: Database) -> None:
    unsigned, hidden = enter(database, a_provider(signed=None), a_provider("S05", listed=False))

    for provider in (unsigned, hidden):
        with pytest.raises(UserError, match="signataire"):
            issue(database, options=SheetOptions(added={provider.id: "Demandé par l'entreprise"}))


def test_a_sheet_without_a_service_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="au moins une prestation"):
        issue(database, Criteria(()))


def test_the_draft_is_the_sheet_that_would_be_issued_and_writes_nothing(database: Database) -> None:
    enter(database, a_provider(), a_provider())
    held, sheets = accompaniment(database), DirectorySheets(database)

    draft = sheets.draft(held, SITE)
    sheet = sheets.issue(held, SITE, as_text, one_page)

    assert draft.number == sheet.number
    assert as_text(draft) == sheets.pdf(sheet.id)


def test_what_a_provider_hides_is_not_handed_to_the_drawing(database: Database) -> None:
    enter(database, a_provider(hidden_fields=["phones", "address"]))

    (entry,) = DirectorySheets(database).draft(accompaniment(database), SITE).entries

    assert (entry.phones, entry.address, entry.city) == ((), "", "")
    assert entry.emails


def test_c18_a_removal_gives_the_recall_list_of_every_company_that_was_handed_the_name(database: Database) -> None:
    sheets = DirectorySheets(database)
    (provider, other) = enter(database, a_provider("S01"), a_provider("S13"))
    records = CompanyRecords(database)
    held = [
        records.accompany(enter_company(database, legal_name=name).id, AccompanimentKind.WORKSHOP, database.today())
        for name in ("Première", "Seconde", "Sans lui")
    ]
    first, second, without = (
        sheets.issue(one.id, Criteria((service,)), as_text, one_page)
        for one, service in zip(held, ("S01", "S01", "S13"), strict=True)
    )
    sheets.hand_over(first.id, "Le gérant")
    sheets.hand_over(without.id, "Personne d'autre")
    ProviderRegister(database).remove(provider.id, database.today(), ["C11"], "Motif")

    recall = sheets.recall_list(provider.id)

    assert {(line.company_name, line.to_whom, line.sheet_number) for line in recall} == {
        ("Première", "Le gérant", first.number),
        ("Seconde", "", second.number),
    }
    assert recall[0].contact == "bonjour@entreprise.example, 0692 00 00 02"
    assert [line.company_name for line in sheets.recall_list(other.id)] == ["Sans lui"]


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_c06_removed_unsigned_withdrawn_or_unpublishable_providers_never_appear(
    database: Database, data: st.DataObject
) -> None:
    """Whatever the facts and their dates, nobody is proposed who is not a publishable signatory of the day."""
    register, signatures_today = ProviderRegister(database), database.today()
    signed_on, listed = data.draw(st.none() | DAYS), data.draw(st.booleans())
    provider = a_provider("S01", signed=signed_on, listed=listed)
    removed_on = data.draw(st.none() | DAYS)
    lifted_on = data.draw(st.none() | DAYS)
    withdrawn_on = data.draw(st.none() | DAYS)
    cancelled_on = data.draw(st.none() | DAYS)
    if provider.signatures:
        provider.signatures[0].cancelled_on = cancelled_on
    register.add(provider)
    if removed_on is not None:
        removal = register.remove(provider.id, removed_on, ["C11"], "Motif")
        if lifted_on is not None:
            register.lift_removal(removal.id, lifted_on, "Levée")
    if withdrawn_on is not None:
        register.withdraw(provider.id, withdrawn_on, "Départ")
    in_bin = data.draw(st.booleans())
    if in_bin:
        register.delete(provider.id)
    day = data.draw(DAYS | st.just(signatures_today))

    shown = provider.id in {one.provider.id for one in DirectorySheets(database).propose(SITE, day)}

    came_back = removed_on is not None and lifted_on is not None and removed_on <= lifted_on <= day
    bound = signed_on is not None and signed_on <= day and (cancelled_on is None or day < cancelled_on)
    if bound and came_back:  # what was signed before binds no more: coming back means signing again
        assert signed_on is not None
        assert lifted_on is not None
        bound = signed_on >= lifted_on
    out = removed_on is not None and removed_on <= day and (lifted_on is None or day < lifted_on)
    left = withdrawn_on is not None and withdrawn_on <= day
    assert shown == (bound and not out and not left and listed and not in_bin)


def test_an_accompaniment_of_tomorrow_gives_no_sheet_yet(database: Database, clock: FixedClock) -> None:
    held = accompaniment(database)
    clock.moment -= timedelta(days=2)

    with pytest.raises(UserError, match="accompagnement"):
        DirectorySheets(database).issue(held, SITE, as_text, one_page)
