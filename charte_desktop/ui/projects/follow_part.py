"""Who spoke with whom (C26, C35), what the CCIR was told (C28, C29), who else works on the project (C32)."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.project_facts import Exchange, Notice, Party, ProjectFacts
from charte_desktop.model.project_kinds import NoticeKind
from charte_desktop.ui import icons
from charte_desktop.ui.lines_part import LineKind, LinesPart
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from pathlib import Path

    from charte_desktop.ui.projects.project_desk import ProjectDesk

_MAILS = (
    ("Demander au prestataire où en est le projet (C26)…", "exchange"),
    ("Demander l'avis du cahier des charges (C28)…", NoticeKind.SPECIFICATION.name),
    ("Demander l'avis de fin de réalisation (C29)…", NoticeKind.END_OF_WORK.name),
    ("Avis du cahier des charges, prêt pour l'adresse de la charte (C28)…", f"{NoticeKind.SPECIFICATION.name}:ccir"),
    ("Avis de fin de réalisation, prêt pour l'adresse de la charte (C29)…", f"{NoticeKind.END_OF_WORK.name}:ccir"),
)
EXCHANGES, NOTICES, PARTIES = "project_exchange", "project_notice", "project_party"


class FollowPart(LinesPart):
    """The log of a project, its notices and its other parties."""

    mail_asked = Signal(str)
    """Prepare a mail: the name of a `NoticeKind` asks the provider for it, with ":ccir" it is the notice itself;
    "exchange" asks how things go."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self.mail_button = QPushButton("Écrire…", self)
        self.mail_button.setIcon(icons.icon("mail"))
        self.mail_button.setIconSize(icons.BESIDE_WORDS)
        self.mail_button.setToolTip("Prépare un courriel, à relire dans votre messagerie")
        menu = QMenu(self)
        for words, about in _MAILS:
            menu.addAction(words).triggered.connect(lambda _=False, about=about: self.mail_asked.emit(about))
        self.mail_button.setMenu(menu)
        self.serve(desk.database, [self._exchange_kind(), self._notice_kind(), self._party_kind()])
        self.head.addWidget(self.mail_button)

    def show_project(self, facts: ProjectFacts) -> None:
        """Show what was said in the project on the desk."""
        self.show_lines(facts.id, is_open=facts.deleted_at is None)

    def _exchange_kind(self) -> LineKind[Exchange]:
        desk = self._desk

        def keep(one: str | None, values: dict[str, Any], _: object) -> None:
            if one is not None:
                desk.log.save_exchange(desk.project_id, one, **values)
                return
            on, means, between, summary = (values[name] for name in ("held_on", "means", "between", "summary"))
            desk.log.note_exchange(desk.project_id, on, means, between, summary)

        return LineKind(
            EXCHANGES,
            "Échanges",
            [
                Column("Ce qui s'est dit", lambda one: " ".join(one.summary.split()), hint=lambda one: one.summary),
                Column("Quand", lambda one: show_date(one.held_on), sample="00/00/0000"),
                Column("Comment", lambda one: one.means.value, sample="courriel  "),
                Column("Entre", lambda one: one.between.value, sample="prestataire et en"),
                Column("Noté par", lambda one: one.adviser, sample="Camille"),
            ],
            lambda: sorted(desk.facts.exchanges, key=lambda one: one.held_on, reverse=True),
            lambda one: one.id,
            "Les échanges réguliers entre le prestataire et l'entreprise (C26) : une phrase chacun.",
            new_words="Noter un échange…",
            new_title="Nouvel échange",
            fields=fields.EXCHANGE_FIELDS,
            begins_part="summary",
            line_title=lambda one: f"Échange du {show_date(one.held_on)}",
            keep=keep,
            drop=lambda one: desk.log.drop_exchange(desk.project_id, one.id),
            proposed=lambda: {"held_on": show_date(desk.today)},
        )

    def _notice_kind(self) -> LineKind[Notice]:
        desk = self._desk

        def keep(one: str | None, values: dict[str, Any], file: "Path | None") -> None:
            if one is not None:
                desk.papers.save_notice(desk.project_id, one, **values)
                return
            kind, on, who = (values[name] for name in ("kind", "received_on", "from_whom"))
            desk.papers.note_notice(desk.project_id, kind, on, who, note=values.get("note", ""), file=desk.file(file))

        return LineKind(
            NOTICES,
            "Avis à la CCIR",
            [
                Column("Avis", lambda one: one.kind.value, sample="Cahier des charges reçu"),
                Column("Reçu le", lambda one: show_date(one.received_on), sample="00/00/0000"),
                Column("De qui", lambda one: one.from_whom, sample="Chef de projet Fictif"),
                Column("Fichier", self._file, sample="avis-cahier-des-charges.pdf"),
                Column("Remarque", lambda one: one.note),
            ],
            lambda: desk.facts.notices,
            lambda one: one.id,
            "Le prestataire informe la CCIR que le cahier des charges lui est remis (C28), puis que la réalisation est "
            "finie (C29). Notez chaque avis avec son fichier, ou demandez-le par courriel.",
            new_words="Noter un avis…",
            new_title="Avis reçu",
            fields=fields.NOTICE_FIELDS,
            begins_part="from_whom",
            with_file="Fichier de l'avis (facultatif)",
            line_title=lambda one: one.kind.value,
            keep=keep,
            drop=lambda one: desk.papers.drop_notice(desk.project_id, one.id),
            proposed=lambda: {
                "received_on": show_date(desk.today),
                "kind": self._next_notice().name,
                "from_whom": desk.facts.provider_lead.name or desk.facts.provider.name,
            },
        )

    def _next_notice(self) -> NoticeKind:
        told = {one.kind for one in self._desk.facts.notices}
        return NoticeKind.END_OF_WORK if NoticeKind.SPECIFICATION in told else NoticeKind.SPECIFICATION

    def _file(self, one: Notice) -> str:
        document = self._desk.facts.document(one.document_id)
        return "" if document is None else document.file_name or document.source

    def _party_kind(self) -> LineKind[Party]:
        desk = self._desk
        return LineKind(
            PARTIES,
            "Autres intervenants",
            [
                Column("Intervenant", lambda one: one.name, sample="Photographe Fictif"),
                Column("Rôle", lambda one: one.role, sample="Photos des produits"),
                Column("Où le joindre", lambda one: one.contact, sample="0262 00 00 00"),
            ],
            lambda: desk.facts.parties,
            lambda one: one.id,
            "Ceux qui travaillent aussi au projet : hébergeur, photographe, comptable… avec ce qu'ils y font (C32).",
            new_words="Ajouter un intervenant…",
            new_title="Nouvel intervenant",
            fields=fields.PARTY_FIELDS,
            line_title=lambda one: one.name,
            keep=lambda one, values, _: desk.log.save_party(desk.project_id, one, **values),
            drop=lambda one: desk.log.drop_party(desk.project_id, one.id),
        )
