"""Who a company is: the fields that providers and accompanied companies share, as the base keeps them.

A field holds only what was understood, in its canonical form. What was typed and not understood stays, word for
word, in `unread` under the field's name, and is shown in the field with its sentence until somebody mends it.
"""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from charte_desktop.model.identity_text import IdentityText


class Identity(IdentityText, MappedAsDataclass, kw_only=True):
    """The identity of a company, as the charter's form asks for it."""

    legal_name: Mapped[str] = mapped_column(String, default="")
    siren: Mapped[str] = mapped_column(String(9), default="", index=True)
    """Nine digits with a right check digit, or empty."""
    siret: Mapped[str] = mapped_column(String(14), default="")
    """The establishment, when it was given: fourteen digits that pass their control, or empty."""
    legal_representative: Mapped[str] = mapped_column(String, default="")
    address: Mapped[str] = mapped_column(String, default="")
    """Street lines, without postal code and commune."""
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    city: Mapped[str] = mapped_column(String, default="")
    """The place as written on an envelope: a commune, a district such as Sainte-Clotilde, a CEDEX."""
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    """INSEE code of the commune, when the place names one of the 24 of La Réunion; otherwise empty."""
    emails: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    phones: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """E.164, in the order typed."""
    ape_code: Mapped[str] = mapped_column(String(6), default="")
    ape_nomenclature: Mapped[str] = mapped_column(String(8), default="")
    """`NAFRev2` or `NAF2025`: a code keeps the list it comes from."""
    headcount: Mapped[int | None] = mapped_column(default=None)
    """The exact number, when one was given."""
    headcount_band: Mapped[str] = mapped_column(String(2), default="")
    """INSEE band, given or derived from the number; empty when unknown."""
    website: Mapped[str] = mapped_column(String, default="")
    notes: Mapped[str] = mapped_column(String, default="")
    unread: Mapped[dict[str, str]] = mapped_column(JSON, default_factory=dict)
    """What was typed and not understood, by field."""
