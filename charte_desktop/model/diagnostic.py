"""Diagnostics: questionnaires as they were read, and what companies answered to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from charte_desktop.model.base import Record, id_column


class QuestionnaireText(Record, kw_only=True):
    """A questionnaire's text; its fingerprint is its identity, so that another text never changes old answers."""

    __tablename__ = "questionnaire"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    title: Mapped[str] = mapped_column(String)
    text: Mapped[str] = mapped_column(String, deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]


class Diagnostic(Record, kw_only=True):
    """What a company answered during an accompaniment."""

    __tablename__ = "diagnostic"

    id: Mapped[str] = id_column()
    company_id: Mapped[str] = mapped_column(ForeignKey("company.id"), index=True)
    accompaniment_id: Mapped[str] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    questionnaire_id: Mapped[str] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    answered_on: Mapped[date]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """By question, as `model.questionnaire` says."""
    scores: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """From 0 to 100 by axis, as its questionnaire gave them that day."""
