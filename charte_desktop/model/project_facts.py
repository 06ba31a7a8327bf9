"""A project as it is shown, and as the rules read it: what was read of the base, without a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from charte_desktop.model.project_kinds import (
    Answer,
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
    TaxBasis,
)
from charte_desktop.model.provider_state import RemovalDates
from charte_desktop.model.validity import SignatureDates


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step or a milestone, with its planned and its real dates; a milestone has its end only."""

    id: str
    kind: StepKind
    title: str
    position: int
    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    outcome: str = ""
    """What came of it: for the call after delivery, what the company said (C27)."""

    @property
    def name(self) -> str:
        """Its own title, else the word of its kind."""
        return self.title or self.kind.value

    @property
    def is_done(self) -> bool:
        """True once it has its real end."""
        return self.actual_end is not None


@dataclass(frozen=True, kw_only=True)
class Deliverable:
    """Something that the provider hands over (C13)."""

    id: str
    title: str
    position: int
    planned_on: date | None = None
    delivered_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Move:
    """Planned dates that were moved, and why."""

    id: str
    subject_id: str
    """The step or the deliverable."""
    title: str
    """What it was called."""
    start_before: date | None
    end_before: date | None
    start_after: date | None
    end_after: date | None
    reason: str
    moved_at: datetime
    adviser: str


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Dates and money as both parties agreed on them (C25); later ones never replace it."""

    id: str
    number: int
    agreed_on: date
    provider_by: str
    client_by: str
    note: str
    budget: int | None
    end_on: date | None
    dates: Mapping[str, Sequence[str | None]]
    """Start and end, ISO, of each step; for a deliverable, twice its day."""
    total_12: int
    total_36: int


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody else who works on the project (C32)."""

    id: str
    name: str
    role: str
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceLine:
    """A price: what for, of which kind, how often (C40)."""

    id: str
    kind: PriceKind
    label: str
    amount: int
    """Cents, for one payment."""
    period: Period
    supplier: str = ""
    """Who is paid, for an external service."""
    begins_on: date | None = None
    """The first payment of a recurring price; None: when the project begins."""
    position: int = 0
    overrun_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """A price that is to change while the contract runs (C41)."""

    id: str
    price_line_id: str
    new_amount: int
    notified_on: date
    notified_how: Means
    effective_on: date
    reason: str
    answer: Answer
    answered_on: date | None = None
    answered_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """What the provider billed; negative for a credit note."""

    id: str
    number: str
    issued_on: date
    amount: int
    price_line_id: str | None = None
    overrun_id: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Overrun:
    """Money or time beyond what was agreed; billed only when its four stages stand (C36 to C38)."""

    id: str
    number: int
    opened_on: date
    contacted_on: date | None = None
    contact_how: Means | None = None
    contact_who: str = ""
    reason: str = ""
    reason_told_on: date | None = None
    costed_on: date | None = None
    new_end_on: date | None = None
    """The end that the project would then have; None when it does not move."""
    budget_before: int | None = None
    """The global budget when the client agreed."""
    end_before: date | None = None
    answer: Answer = Answer.WAITING
    answered_on: date | None = None
    signer: str = ""
    capacity: str = ""
    refusal: str = ""
    document_id: str | None = None
    """The agreement, sealed or scanned."""
    amendment_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something of which the provider informed the CCIR (C28, C29)."""

    id: str
    kind: NoticeKind
    received_on: date
    from_whom: str
    note: str = ""
    document_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A dated line of the log: who spoke with whom, how, about what (C26, C35)."""

    id: str
    held_on: date
    means: Means
    between: Between
    summary: str
    adviser: str
    noted_at: datetime
    about_removal: bool = False
    """True when the company was told that its provider left the register (C18)."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of the project: the file, or where its original is."""

    id: str
    kind: DocumentKind
    title: str
    dated_on: date | None = None
    signed_on: date | None = None
    source: str = ""
    """Where the paper is, when there is no file."""
    attachment_id: str | None = None
    sealed_id: str | None = None
    """What was signed on screen and sealed, in the place of a file."""
    file_name: str = ""
    step_id: str | None = None
    clause_ids: Sequence[str] = ()
    annexed_on: date | None = None
    """Since when the charter is annexed to it (C02)."""
    annex_version_id: str | None = None
    annex_version: str = ""
    """The label of the charter's version that is annexed."""
    annex_attachment_id: str | None = None
    annex_source: str = ""
    """Where the annexed paper is, when there is no file of it."""
    added_at: datetime | None = None
    adviser: str = ""

    @property
    def name(self) -> str:
        """Its own title, else the word of its kind."""
        return self.title or self.kind.value

    @property
    def has_original(self) -> bool:
        """True when somebody can go and look at it: a file, or the place of the paper."""
        return bool(self.attachment_id or self.sealed_id or self.source)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A dated fact about a clause, with the document that shows it."""

    id: str
    clause_id: str
    nature: EvidenceNature
    noted_on: date
    statement: str
    document_id: str | None = None
    adviser: str = ""


@dataclass(frozen=True, kw_only=True)
class Incapacity:
    """The provider cannot go on, whatever the cause (C19)."""

    id: str
    declared_on: date
    reason: str
    open_clauses: Sequence[str]
    """The clauses that were open when the project was frozen."""
    successor_id: str | None = None
    handed_on: date | None = None
    lifted_on: date | None = None
    """When the provider could go on after all."""


@dataclass(frozen=True, kw_only=True)
class Partner:
    """The company or the provider of a project, as far as the project shows it."""

    id: str
    name: str
    siren: str = ""
    address: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    representative: str = ""
    headcount_band: str = ""
    commune_code: str = ""
    in_bin: bool = False
    withdrawn_on: date | None = None
    services: Sequence[str] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    """What a provider shows for each service that it declares (C09)."""
    signatures: Sequence[SignatureDates] = ()
    removals: Sequence[RemovalDates] = ()


@dataclass(frozen=True, kw_only=True)
class Lead:
    """Whom to speak to on one side (C33)."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_reachable(self) -> bool:
        """True with a name and a way to reach whoever bears it."""
        return bool(self.name and (self.phone or self.email))


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """A project with everything that hangs on it."""

    id: str
    number: str
    title: str
    company: Partner
    provider: Partner
    accompaniment_id: str
    accompanied_on: date
    accompaniment: str
    """"Diagnostic du 12/03/2026"."""
    service_ids: Sequence[str]
    attestations: str = ""
    """The numbers of those that the company was given (C04)."""
    need: str = ""
    method: str = ""
    notes: str = ""
    tax_basis: TaxBasis = TaxBasis.WITHOUT
    budget: int | None = None
    end_on: date | None = None
    provider_lead: Lead = field(default_factory=Lead)
    client_lead: Lead = field(default_factory=Lead)
    unread: Mapping[str, str] = field(default_factory=dict)
    created_at: datetime | None = None
    adviser: str = ""
    started_on: date | None = None
    charter_version: str = ""
    """The label of the version that the provider had signed when the project began."""
    closed_on: date | None = None
    closing_reason: str = ""
    deleted_at: datetime | None = None
    predecessor: tuple[str, str] | None = None
    """Id and number of the project that this one goes on with (C19)."""
    successor: tuple[str, str] | None = None
    steps: Sequence[Step] = ()
    deliverables: Sequence[Deliverable] = ()
    moves: Sequence[Move] = ()
    baselines: Sequence[Baseline] = ()
    parties: Sequence[Party] = ()
    prices: Sequence[PriceLine] = ()
    price_changes: Sequence[PriceChange] = ()
    invoices: Sequence[Invoice] = ()
    overruns: Sequence[Overrun] = ()
    notices: Sequence[Notice] = ()
    exchanges: Sequence[Exchange] = ()
    documents: Sequence[Document] = ()
    evidence: Sequence[Evidence] = ()
    incapacities: Sequence[Incapacity] = ()

    def step(self, kind: StepKind) -> Step | None:
        """The charter's step of this kind."""
        return next((step for step in self.steps if step.kind is kind), None)

    def done_on(self, kind: StepKind) -> date | None:
        """When the charter's step of this kind was done."""
        step = self.step(kind)
        return None if step is None else step.actual_end

    def documents_of(self, *kinds: DocumentKind) -> list[Document]:
        """The documents of these kinds that somebody can go and look at."""
        return [one for one in self.documents if one.kind in kinds and one.has_original]

    def document(self, document_id: str | None) -> Document | None:
        """A document by its id."""
        return next((one for one in self.documents if one.id == document_id), None)

    @property
    def incapacity(self) -> Incapacity | None:
        """The incapacity that freezes the project, if one does."""
        return next((one for one in reversed(self.incapacities) if one.lifted_on is None), None)

    @property
    def baseline(self) -> Baseline | None:
        """The dates and the money agreed last."""
        return self.baselines[-1] if self.baselines else None

    @property
    def delivered_on(self) -> date | None:
        """When the work was delivered."""
        return self.done_on(StepKind.DELIVERY)
