"""The papers of a project: documents and the annexed charter (C02, C05), facts on clauses, notices (C28, C29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.model import clauses
from charte_desktop.model.attached_file import refuse_file
from charte_desktop.model.display import show_date
from charte_desktop.model.engagements import ELSEWHERE, MAY_BE_DISMISSED
from charte_desktop.model.project import DocumentRecord, EvidenceRecord, NoticeRecord
from charte_desktop.model.project_facts import Document, ProjectFacts
from charte_desktop.model.project_kinds import DocumentKind, EvidenceNature, NoticeKind
from charte_desktop.model.project_rules import require_past, require_plausible
from charte_desktop.store.database import Database
from charte_desktop.store.project_store import ProjectStore, keep_line, line_of

if TYPE_CHECKING:
    from charte_desktop.store.journal import JournalledSession

_SIGNED_BY_NATURE = (DocumentKind.CONTRACT, DocumentKind.SIGNED_PROPOSAL)
_OF_OVERRUNS = (DocumentKind.OVERRUN_AGREEMENT, DocumentKind.AMENDMENT)


@dataclass(frozen=True)
class File:
    """A file that the user gives."""

    name: str
    content: bytes


class ProjectPapers(ProjectStore):
    """Documents, evidence and notices of a project."""

    def add_document(
        self,
        project_id: str,
        kind: DocumentKind,
        *,
        file: File | None = None,
        clause_ids: Sequence[str] = (),
        **values: Any,
    ) -> str:
        """Keep a document with its file, or with the place of its paper (`source`); its id.

        Refused: neither file nor place, a contract without the day it was signed, dates to come.
        """
        with self._changing(f"Joindre : {kind.value}", project_id, at_any_time=True) as (session, _):
            return keep_document(
                session, self._database, project_id, kind, file=file, clause_ids=list(clause_ids), **values
            )

    def save_document(self, project_id: str, document_id: str, *, file: File | None = None, **values: Any) -> None:
        """Keep what changed in what is said of a document; a `file` takes the place of the one before."""
        with self._changing("Modifier un document", project_id, at_any_time=True) as (session, facts):
            before = _document(facts, document_id)
            if before.kind in _OF_OVERRUNS and (file is not None or values.get("kind", before.kind) is not before.kind):
                raise UserError("Ce document a été signé : il ne change plus. Ajoutez-en un autre à côté.")
            record = line_of(session, DocumentRecord, project_id, document_id)
            if file is not None:
                record.attachment_id = _attach(session, self._database, project_id, file)
            after = {name: values.get(name, getattr(before, name)) for name in _DOCUMENT}
            has_file = record.attachment_id is not None or record.sealed_id is not None
            _require_document(after, self._database.today(), has_file=has_file)
            for name, value in after.items():
                setattr(record, name, value)

    def annex(
        self,
        project_id: str,
        document_id: str,
        on: date,
        *,
        version_id: str | None = None,
        file: File | None = None,
        source: str = "",
    ) -> None:
        """Note that the charter is annexed to a signed contract or quote: which version, on what day, where (C02, C05).

        Without `version_id`, the version that the provider had signed, or else the latest.
        """
        with self._changing("Noter l'annexe de la charte", project_id, at_any_time=True) as (session, facts):
            document = _document(facts, document_id)
            require_past(on, self._database.today(), "L'annexe")
            if document.dated_on is not None and on < document.dated_on:
                day = show_date(document.dated_on)
                raise UserError(f"Le document est du {day} : l'annexe ne peut pas le précéder. Vérifiez la date.")
            record = line_of(session, DocumentRecord, project_id, document_id)
            if file is not None:
                record.annex_attachment_id = _attach(session, self._database, project_id, file)
            if record.annex_attachment_id is None and not (source.strip() or document.has_original):
                raise UserError("Joignez le fichier de l'annexe, ou écrivez où se trouve le papier (C02).")
            record.annexed_on, record.annex_source = on, source.strip()
            record.annex_version_id = version_id or _version(session, project_id)

    def drop_document(self, project_id: str, document_id: str) -> None:
        """Take a document off; one that shows an agreement, a notice or a fact stays."""
        with self._changing("Retirer un document", project_id, at_any_time=True) as (session, facts):
            document = _document(facts, document_id)
            if document.kind in _OF_OVERRUNS:
                raise UserError("Ce document a été signé : il reste au dossier.")
            shown = {one.document_id for one in facts.notices} | {one.document_id for one in facts.evidence}
            if document_id in shown:
                raise UserError("Un avis ou un fait s'appuie sur ce document : changez-le d'abord.")
            session.delete(line_of(session, DocumentRecord, project_id, document_id))

    def content(self, file_id: str) -> bytes:
        """The bytes of a document's file, of its annex, or of what was sealed."""
        with self._database.looking() as base:
            row = base.execute(
                "SELECT content FROM attachment WHERE id = ?1 UNION ALL SELECT pdf FROM sealed_document WHERE id = ?1",
                (file_id,),
            ).fetchone()
        if row is None:
            raise UserError("Ce fichier n'est plus dans la base : actualisez le projet.")
        return bytes(row[0])

    def note_evidence(
        self,
        project_id: str,
        clause_id: str,
        nature: EvidenceNature,
        on: date,
        statement: str,
        *,
        document_id: str | None = None,
    ) -> str:
        """Note a dated fact about a clause (C08: a fact, never a verdict); its id.

        Refused: a clause that binds no project, a reason to set aside a clause that only documents or dates can show.
        """
        if clause_id not in clauses.clauses() or clause_id in ELSEWHERE:
            name = clause_id or "(aucune)"
            raise UserError(f"La clause {name} ne porte pas sur un projet : choisissez-en une autre.")
        if nature is EvidenceNature.NOT_APPLICABLE and clause_id not in MAY_BE_DISMISSED:
            raise UserError(
                f"La clause {clause_id} se lit dans les faits du projet : elle ne se déclare pas sans objet. Notez un "
                "fait."
            )
        if not statement.strip():
            raise UserError("Décrivez le fait, sans avis sur le prestataire.")
        with self._changing(f"Noter un fait ({clause_id})", project_id, at_any_time=True) as (session, facts):
            require_past(on, self._database.today(), "Ce fait")
            if document_id is not None:
                _document(facts, document_id)
            made = EvidenceRecord(
                project_id=project_id,
                clause_id=clause_id,
                nature=nature,
                noted_on=on,
                statement=statement.strip(),
                document_id=document_id,
                adviser=self._database.adviser,
            )
            session.add(made)
        return made.id

    def drop_evidence(self, project_id: str, evidence_id: str) -> None:
        """Take off a fact noted in error."""
        with self._changing("Retirer un fait", project_id, at_any_time=True) as (session, _):
            session.delete(line_of(session, EvidenceRecord, project_id, evidence_id))

    def note_notice(
        self,
        project_id: str,
        kind: NoticeKind,
        on: date,
        from_whom: str,
        *,
        note: str = "",
        file: File | None = None,
    ) -> str:
        """Note that the CCIR was informed of the specification (C28) or of the end of the work (C29); its id."""
        if not from_whom.strip():
            raise UserError("Écrivez de qui vient l'avis.")
        with self._changing(f"Noter un avis : {kind.value.lower()}", project_id, at_any_time=True) as (session, _):
            require_past(on, self._database.today(), "L'avis")
            document_id = None
            if file is not None:
                title = f"Avis : {kind.value.lower()}"
                document_id = keep_document(
                    session, self._database, project_id, DocumentKind.NOTICE, title=title, dated_on=on, file=file
                )
            made = NoticeRecord(
                project_id=project_id,
                kind=kind,
                received_on=on,
                from_whom=" ".join(from_whom.split()),
                note=note.strip(),
                document_id=document_id,
            )
            session.add(made)
        return made.id

    def save_notice(self, project_id: str, notice_id: str, **values: Any) -> None:
        """Keep what changed in a notice."""
        with self._changing("Modifier un avis", project_id, at_any_time=True) as (session, _):
            require_past(values.get("received_on"), self._database.today(), "L'avis")
            keep_line(session, NoticeRecord, project_id, notice_id, values)

    def drop_notice(self, project_id: str, notice_id: str) -> None:
        """Take off a notice noted in error; its file stays among the documents."""
        with self._changing("Retirer un avis", project_id, at_any_time=True) as (session, _):
            session.delete(line_of(session, NoticeRecord, project_id, notice_id))


_DOCUMENT = ("kind", "title", "dated_on", "signed_on", "source", "step_id", "clause_ids")


def keep_document(
    session: "JournalledSession",
    database: Database,
    project_id: str,
    kind: DocumentKind,
    *,
    file: File | None = None,
    sealed_id: str | None = None,
    **values: Any,
) -> str:
    """A new document in an action that is under way; its id."""
    after = {"kind": kind, **{name: values.get(name, empty) for name, empty in _EMPTY.items()}}
    after["title"], after["source"] = " ".join(after["title"].split()), after["source"].strip()
    _require_document(after, database.today(), has_file=file is not None or sealed_id is not None)
    made = DocumentRecord(
        project_id=project_id,
        attachment_id=None if file is None else _attach(session, database, project_id, file),
        sealed_id=sealed_id,
        added_at=database.clock(),
        adviser=database.adviser,
        **after,
    )
    session.add(made)
    session.flush()
    return made.id


_EMPTY: dict[str, Any] = {
    "title": "", "dated_on": None, "signed_on": None, "source": "", "step_id": None, "clause_ids": (),
}  # fmt: skip


def _attach(session: "JournalledSession", database: Database, project_id: str, file: File) -> str:
    from charte_desktop.model.provider import Attachment

    refuse_file(file.name, file.content)
    made = Attachment(
        owner_id=project_id,
        name=file.name,
        sha256=sha256(file.content).hexdigest(),
        size=len(file.content),
        content=file.content,
        added_at=database.clock(),
    )
    session.add(made)
    session.flush()
    return made.id


def _require_document(values: dict[str, Any], today: date, *, has_file: bool) -> None:
    kind: DocumentKind = values["kind"]
    if kind in _SIGNED_BY_NATURE and values["signed_on"] is None:
        raise UserError(f"« {kind.value} » : écrivez quel jour il a été signé.")
    if not has_file and not values["source"].strip():
        raise UserError("Joignez le fichier, ou écrivez où se trouve l'original.")
    require_plausible(values["dated_on"], today, "La date du document")
    require_past(values["signed_on"], today, "La signature")
    if values["dated_on"] is not None and values["signed_on"] is not None and values["signed_on"] < values["dated_on"]:
        raise UserError(
            f"Le document, du {show_date(values['dated_on'])}, serait signé avant, le "
            f"{show_date(values['signed_on'])} : vérifiez les deux dates."
        )
    values["clause_ids"] = list(values["clause_ids"])


def _document(facts: ProjectFacts, document_id: str) -> Document:
    found = facts.document(document_id)
    if found is None:
        raise UserError("Ce document n'existe plus : actualisez le projet.")
    return found


def _version(session: "JournalledSession", project_id: str) -> str | None:
    """The version that the provider had signed when the project began, or else the latest that is known."""
    from sqlalchemy import select

    from charte_desktop.model.charter import CharterVersion
    from charte_desktop.model.project import ProjectRecord

    signed = session.get_one(ProjectRecord, project_id).version_id
    if signed is not None:
        return signed
    return session.scalars(select(CharterVersion.id).order_by(CharterVersion.added_at.desc())).first()
