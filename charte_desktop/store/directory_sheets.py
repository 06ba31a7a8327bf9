"""Directory sheets: proposed, issued under a number, handed over, recalled. Always from an accompaniment (C03, C07)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, selectinload

from charte_desktop.errors import UserError
from charte_desktop.model import clauses, reference
from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import Company
from charte_desktop.model.display import show_phone
from charte_desktop.model.provider import LocalService, Provider, ProviderService
from charte_desktop.model.sheet import (
    Candidate,
    Criteria,
    DirectorySheet,
    Exposure,
    HandOver,
    RecallLine,
    SheetLine,
    draw,
    explain,
    match,
)
from charte_desktop.model.sheet_content import Layout, SheetContent, entry_for, listed_services
from charte_desktop.model.validity import RenewalRule
from charte_desktop.store import search
from charte_desktop.store.accompaniments import sheet_handed
from charte_desktop.store.database import Database
from charte_desktop.store.document_numbers import next_number
from charte_desktop.store.provider_register import WHOLE
from charte_desktop.store.provider_rows import renewal_rule

VALIDITY = timedelta(days=90)
"""How long a sheet may be relied on: providers join and leave the register."""

_MOST_LOOKED_AT = 50
"""Lines read of a search for signatories: nobody reads further down."""

DrawPdf = Callable[[SheetContent], bytes]
"""Draws a sheet; the store knows no document."""
CountPages = Callable[[SheetContent], int]


@dataclass(frozen=True)
class SheetOptions:
    """What the adviser decides beyond the criteria."""

    layout: Layout = "cards"
    qr: bool = True
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Providers taken out, by id, each with its written reason."""
    added: Mapping[str, str] = field(default_factory=dict)
    """Signatories added although the criteria do not name them, by id, each with its written reason."""


class DirectorySheets:
    """The sheets of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def propose(self, criteria: Criteria, on: date | None = None) -> list[Candidate]:
        """The signatories of `on` (today by default) that meet every criterion, by name, each with its reason (C06)."""
        with self._database.reading() as session:
            return _matching(session, criteria, on or self._database.today(), renewal_rule(self._database))

    def signatories(self, text: str, limit: int = 8) -> list[Provider]:
        """Who may be added by hand: today's publishable signatories (C06) that answer `text`, best matches first."""
        if not text.strip():
            return []
        today, rule = self._database.today(), renewal_rule(self._database)
        signed = select(Signature.provider_id).where(Signature.signed_on <= today)
        listed = select(Provider).where(Provider.id.in_(signed), Provider.listed, Provider.deleted_at.is_(None))
        query = search.ordered(listed.options(*WHOLE), Provider, text).limit(_MOST_LOOKED_AT)
        with self._database.reading() as session:
            found = (one for one in session.scalars(query) if one.may_be_listed_on(today, rule))
            return list(islice(found, limit))

    def draft(self, accompaniment_id: str, criteria: Criteria, options: SheetOptions | None = None) -> SheetContent:
        """The sheet as `issue` would print it now, under the number it would take; nothing is written.

        Refused as `issue` refuses.
        """
        with self._database.reading() as session:
            return self._compose(session, accompaniment_id, criteria, options or SheetOptions())[0]

    def issue(
        self,
        accompaniment_id: str,
        criteria: Criteria,
        draw_pdf: DrawPdf,
        count_pages: CountPages,
        options: SheetOptions | None = None,
    ) -> DirectorySheet:
        """Give the sheet its number, draw it and keep it as printed (C07).

        Refused: no such accompaniment (C03), no service asked for, a line added or left out without a reason, an
        added provider that is not a publishable signatory of the day (C06).
        """
        options = options or SheetOptions()
        with self._database.transaction("Éditer une fiche annuaire", undoable=False) as session:
            content, candidates, company_id = self._compose(session, accompaniment_id, criteria, options)
            pdf = draw_pdf(content)
            sheet = DirectorySheet(
                number=content.number,
                company_id=company_id,
                accompaniment_id=accompaniment_id,
                issued_at=content.issued_at,
                issued_on=self._database.today(),
                valid_until=content.valid_until,
                adviser=content.adviser,
                criteria={
                    "service_ids": list(criteria.service_ids),
                    "commune_code": criteria.commune_code,
                    "headcount_band": criteria.headcount_band,
                },
                layout=options.layout,
                left_out=[{"provider_id": one, "reason": why} for one, why in sorted(options.left_out.items())],
                pdf=pdf,
                pdf_sha256=sha256(pdf).hexdigest(),
                page_count=count_pages(content),
            )
            sheet.lines = [
                SheetLine(
                    sheet_id=sheet.id,
                    position=position,
                    provider_id=candidate.provider.id,
                    reason=candidate.reason,
                    by_hand=options.added.get(candidate.provider.id, ""),
                )
                for position, candidate in enumerate(candidates, 1)
            ]
            session.add(sheet)
        return sheet

    def hand_over(self, sheet_id: str, to_whom: str, medium: str = "papier") -> HandOver:
        """Note that a sheet was given, to whom, how, now, by the adviser of the base (C07).

        The new needs that it answers stand as answered from then on.
        """
        if not to_whom.strip():
            raise UserError("Écrivez à qui la fiche est remise.")
        with self._database.transaction("Remettre une fiche annuaire", undoable=False) as session:
            sheet = session.get_one(DirectorySheet, sheet_id)
            sheet_handed(session, sheet.company_id, sheet.criteria["service_ids"], self._database.today())
            hand_over = HandOver(
                sheet_id=sheet_id,
                handed_at=self._database.clock(),
                to_whom=to_whom.strip(),
                medium=medium,
                adviser=self._database.adviser,
            )
            session.add(hand_over)
        return hand_over

    def pdf(self, sheet_id: str) -> bytes:
        """The sheet as it was printed, byte for byte."""
        with self._database.reading() as session:
            return session.execute(select(DirectorySheet.pdf).where(DirectorySheet.id == sheet_id)).scalar_one()

    def of_company(self, company_id: str) -> list[DirectorySheet]:
        """The sheets made for a company, the latest first, with their lines, without the PDF."""
        query = select(DirectorySheet).where(DirectorySheet.company_id == company_id)
        with self._database.reading() as session:
            latest = query.options(selectinload(DirectorySheet.lines)).order_by(DirectorySheet.issued_at.desc())
            return list(session.scalars(latest))

    def hand_overs(self, sheet_id: str) -> list[HandOver]:
        """To whom a sheet was given, in order (C07)."""
        query = select(HandOver).where(HandOver.sheet_id == sheet_id).order_by(HandOver.handed_at)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def recall_list(self, provider_id: str) -> list[RecallLine]:
        """Every company that holds a sheet with this provider's name, one line a hand-over, the latest first (C18)."""
        query = (
            select(
                Company,
                DirectorySheet.number,
                DirectorySheet.issued_on,
                DirectorySheet.adviser,
                HandOver.handed_at,
                HandOver.to_whom,
            )
            .join(DirectorySheet, DirectorySheet.company_id == Company.id)
            .join(SheetLine, and_(SheetLine.sheet_id == DirectorySheet.id, SheetLine.provider_id == provider_id))
            .outerjoin(HandOver, HandOver.sheet_id == DirectorySheet.id)
            .order_by(DirectorySheet.issued_at.desc(), HandOver.handed_at)
        )
        with self._database.reading() as session:
            return [
                RecallLine(
                    company_id=company.id,
                    company_name=company.legal_name,
                    address="\n".join(filter(None, [company.address, f"{company.postal_code} {company.city}".strip()])),
                    emails=tuple(company.emails),
                    contact=", ".join([*company.emails, *map(show_phone, company.phones)]),
                    sheet_number=number,
                    issued_on=issued_on,
                    adviser=adviser,
                    handed_at=handed_at,
                    to_whom=to_whom or "",
                )
                for company, number, issued_on, adviser, handed_at, to_whom in session.execute(query)
            ]

    def exposure(self, since: date | None = None, until: date | None = None) -> list[Exposure]:
        """How often each provider was listed, and first, on the sheets issued from `since` to `until`, both included.

        Without them, over all sheets; the most listed first. Who was on none is not named.
        """
        listed, first = func.count(), func.sum(case((SheetLine.position == 1, 1), else_=0))
        query = (
            select(Provider.id, Provider.legal_name, listed, first)
            .join(SheetLine, SheetLine.provider_id == Provider.id)
            .join(DirectorySheet, SheetLine.sheet_id == DirectorySheet.id)
            .group_by(Provider.id)
            .order_by(listed.desc(), Provider.legal_name)
        )
        if since is not None:
            query = query.where(DirectorySheet.issued_on >= since)
        if until is not None:
            query = query.where(DirectorySheet.issued_on <= until)
        with self._database.reading() as session:
            return [Exposure(*line) for line in session.execute(query)]

    def _compose(
        self, session: Session, accompaniment_id: str, criteria: Criteria, options: SheetOptions
    ) -> tuple[SheetContent, list[Candidate], str]:
        _refuse_without_reason(options)
        if not criteria.service_ids:
            raise UserError("Choisissez au moins une prestation : c'est elle qui fait la liste.")
        now, today, rule = self._database.clock(), self._database.today(), renewal_rule(self._database)
        accompaniment = session.get(Accompaniment, accompaniment_id)
        if accompaniment is None or accompaniment.held_on > today:
            raise UserError(
                "Une fiche annuaire se remet lors d'un accompagnement (diagnostic, individuel ou atelier) : "
                "notez-le d'abord."
            )
        company = session.get_one(Company, accompaniment.company_id)
        local = {one.id: one for one in session.scalars(select(LocalService))}
        matching = [one for one in _matching(session, criteria, today, rule) if one.provider.id not in options.left_out]
        listed = {one.provider.id for one in matching}
        for provider_id in options.added:
            if provider_id not in listed:
                matching.append(_added(session, provider_id, criteria, today, rule))
        number = next_number(session, DirectorySheet.number, "FA", today, self._database.device)
        candidates = draw(number, matching)
        commune = reference.communes().get(criteria.commune_code)
        content = SheetContent(
            number=number,
            issued_at=now,
            valid_until=today + VALIDITY,
            adviser=self._database.adviser,
            company_name=company.legal_name,
            company_place=f"{company.postal_code} {company.city}".strip(),
            accompaniment=f"{accompaniment.kind.value} du {accompaniment.held_on:%d/%m/%Y}",
            needs=listed_services(criteria.service_ids, local),
            commune=commune.name if commune else "",
            size=reference.band_label(criteria.headcount_band) if criteria.headcount_band else "",
            entries=tuple(
                entry_for(position, one, by_hand=options.added.get(one.provider.id, ""), local=local)
                for position, one in enumerate(candidates, 1)
            ),
            questions=tuple(question.text for question in clauses.questions()),
            left_out_count=len(options.left_out),
            layout=options.layout,
            qr=options.qr,
            demonstration=self._database.is_demonstration,
        )
        return content, candidates, company.id


def _refuse_without_reason(options: SheetOptions) -> None:
    if not all(reason.strip() for reason in (*options.left_out.values(), *options.added.values())):
        raise UserError("Écrivez pourquoi ce prestataire est ajouté ou écarté : le motif reste avec la fiche.")


def _matching(session: Session, criteria: Criteria, on: date, rule: RenewalRule) -> list[Candidate]:
    """The rule is `match`; the query only spares reading records that it would refuse anyway."""
    offers = select(ProviderService.provider_id).where(ProviderService.service_id.in_(criteria.service_ids))
    signed = select(Signature.provider_id).where(Signature.signed_on <= on)
    query = (
        select(Provider)
        .where(Provider.id.in_(offers), Provider.id.in_(signed), Provider.listed, Provider.deleted_at.is_(None))
        .order_by(Provider.legal_name)
        .options(*WHOLE)
    )
    found = []
    for provider in session.scalars(query):
        reason = match(provider, criteria, on, rule)
        if reason is not None:
            found.append(Candidate(provider, reason))
    return found


def _added(session: Session, provider_id: str, criteria: Criteria, on: date, rule: RenewalRule) -> Candidate:
    provider = session.get(Provider, provider_id, options=WHOLE)
    if provider is None or not provider.may_be_listed_on(on, rule):
        name = provider.legal_name if provider else "Ce prestataire"
        raise UserError(
            f"{name} ne peut pas être ajouté : seul un signataire de la charte qui accepte d'être publié figure "
            "sur une fiche."
        )
    return Candidate(provider, explain(provider, provider.service_ids, Criteria(criteria.service_ids), on, rule))
