import re
from collections import Counter
from hashlib import sha256

from charte_desktop.model.charter import fingerprint
from charte_desktop.model.clauses import Party, clauses, questions
from charte_desktop.model.reference import charter_text


def words(text: str) -> str:
    """The charter's words without its links, its emphasis and its line breaks."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return " ".join(plain.replace("**", "").split())


def test_the_41_clauses_are_there_in_order() -> None:
    assert list(clauses()) == [f"C{number:02}" for number in range(1, 42)]
    assert Counter(clause.who for clause in clauses().values()) == {Party.PROVIDER: 31, Party.CCIR: 5, Party.BOTH: 5}


def test_every_clause_is_quoted_from_the_charter() -> None:
    charter = words(charter_text())
    for clause in clauses().values():
        assert clause.text in charter, clause.id
        assert 3 < len(clause.title) <= 70, clause.id


def test_the_ten_questions_come_from_clauses_and_ask() -> None:
    assert len(questions()) == 10
    for question in questions():
        assert question.clause_id in clauses()
        assert question.text.endswith("?")


def test_c08_no_wording_of_ours_judges_or_certifies() -> None:
    ours = [clause.title for clause in clauses().values()] + [question.text for question in questions()]
    assert not re.search(r"certifié|labellisé|vérifié|garanti", " ".join(ours), re.IGNORECASE)


def test_the_charter_is_the_customers_text_byte_for_byte() -> None:
    assert fingerprint(charter_text()) == sha256(charter_text().encode()).hexdigest()
    assert fingerprint(charter_text()) == "76e2b229984f29f251ad5f90679942a648f0050c26daa535e32f6a0f03546fea"
