import subprocess
import sys
from hashlib import sha256
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents import page_style
from charte_desktop.documents.blocks import Kind
from charte_desktop.documents.directory_sheet import (
    CARDS_A_PAGE,
    compose,
    directory_sheet,
    page_count,
    paper_of,
    print_hint,
)
from charte_desktop.model import reference
from charte_desktop.model.sheet_content import SheetContent, SheetEntry, content_fingerprint, listed_services
from tests.documents.reading import (
    faults_of,
    opened,
    page_total,
    sentences_of,
    structure_of,
    text_of,
    words_of,
)
from tests.documents.sheet_contents import content, entry, forty_services, short_entry

NASTY = (
    entry(1, legal_name="Société " + "Trèslongnom " * 40, by_hand="Déjà connue de l'entreprise."),
    entry(2, legal_name='עסק דוגמה בע"מ', phones=(), emails=(), website=""),
    entry(3, legal_name="شركة المثال للحلول", references="موقع فندق (2024)"),
    entry(4, legal_name="Emoji 🚀 & <b>gras</b> &amp; <para> \ud800 fin",
          references="☎ ✓\x00\x07\ttab\u2028ligne \U000e0041 \ue000"),
    entry(5, legal_name="X" * 300, emails=("a" * 300 + "@b.example",), references="Y" * 300, city="Z" * 300),
    entry(6, legal_name="株式会社サンプル 中文公司 தமிழ்"),
    entry(7, legal_name="Quarante prestations", services=forty_services()),
    SheetEntry(position=8, legal_name="", siren="", services=(), reason=""),
    entry(
        9,
        legal_name="Monstre " * 400,
        services=forty_services(),
        reason="Motif " * 3000,
        by_hand="Main " * 3000,
        references="Référence " * 3000,
        phones=("+262692000009",) * 60,
        emails=("quelquun@exemple.example",) * 60,
        address="Adresse " * 900,
        legal_representative="Nom " * 300,
    ),
)  # fmt: skip

SHEETS = {
    "cards": content([entry(n) for n in range(1, 9)]),
    "table": content([entry(n) for n in range(1, 26)], layout="table", left_out_count=2),
    "nobody": content(),
    "nasty cards": content(NASTY, demonstration=True, left_out_count=1),
    "nasty table": content(NASTY, layout="table"),
    "large": content([entry(n) for n in range(1, 9)], layout="large"),
    "booklet": content([entry(n) for n in range(1, 9)], layout="booklet"),
    "nobody in large print": content(layout="large", left_out_count=2),
    "nobody in a booklet": content(layout="booklet"),
    "nasty large": content(NASTY, layout="large", demonstration=True),
    "nasty booklet": content(NASTY, layout="booklet", demonstration=True),
}


@pytest.fixture(params=SHEETS, scope="module")
def sheet(request: pytest.FixtureRequest) -> SheetContent:
    return SHEETS[request.param]


@pytest.fixture(scope="module")
def pdf(sheet: SheetContent) -> bytes:
    return directory_sheet(sheet)


def test_c01_every_sheet_says_that_the_charter_is_voluntary_and_that_nothing_is_controlled(
    pdf: bytes, sheet: SheetContent
) -> None:
    text = sentences_of(pdf)
    assert page_style.C01_WORDING in text
    assert text.count(page_style.SHORT_WORDING) == len(compose(sheet))


def test_c01_no_sheet_says_that_a_provider_is_approved(pdf: bytes) -> None:
    text = text_of(pdf).casefold()
    for word in ("certifié", "labellisé", "labélisé", "vérifié", "garanti", "agréé", "★", "⭐"):
        assert word not in text


def test_c08_every_sheet_says_that_the_ccir_is_neither_arbiter_nor_expert(pdf: bytes) -> None:
    assert page_style.C08_WORDING in sentences_of(pdf)


def test_c07_a_sheet_names_its_number_company_accompaniment_adviser_date_and_term() -> None:
    text = sentences_of(directory_sheet(SHEETS["cards"]))
    for wanted in (
        "n° FA-2026-K7Q-0042",
        "Boulangerie du Volcan, Saint-Pierre",
        "Diagnostic du 03/11/2026",
        "Camille Conseil",
        "23/11/2026 à 14:02 (Indian/Reunion, UTC+4)",
        "Valable jusqu'au : 23/02/2027",
        "Création / refonte site internet ; RGPD",
    ):
        assert wanted in text


def test_the_moment_is_printed_in_the_time_of_the_island_whatever_the_clock_gave() -> None:
    from datetime import UTC, datetime

    late = content(issued_at=datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    assert "01/01/2027 à 02:30 (Indian/Reunion, UTC+4)" in sentences_of(directory_sheet(late))


def test_the_file_is_valid_for_qpdf(pdf: bytes) -> None:
    assert faults_of(pdf) == []


def test_the_page_count_is_known_before_printing(sheet: SheetContent, pdf: bytes) -> None:
    assert page_count(sheet) == page_total(pdf) / (2 if sheet.layout == "booklet" else 1)
    assert f"Page 1/{len(compose(sheet))}" in sentences_of(pdf)


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    once = sha256(directory_sheet(SHEETS["nasty cards"])).hexdigest()
    program = (
        "from hashlib import sha256; from tests.documents.test_directory_sheet import SHEETS, directory_sheet;"
        "print(sha256(directory_sheet(SHEETS['nasty cards'])).hexdigest())"
    )
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.strip()
    assert again == once


def test_another_content_has_another_fingerprint_and_its_beginning_is_on_every_page() -> None:
    ordinary = SHEETS["cards"]
    assert content_fingerprint(ordinary) != content_fingerprint(SHEETS["table"])
    mark = content_fingerprint(ordinary)
    printed = " ".join(mark[at : at + 4] for at in range(0, 16, 4))
    assert sentences_of(directory_sheet(ordinary)).count(printed) == page_count(ordinary)


def test_no_block_is_cut_and_none_lies_on_another(sheet: SheetContent) -> None:
    paper = paper_of(sheet.layout)
    for number, page in enumerate(compose(sheet)):
        top = paper.first_top if number == 0 else paper.body_top
        for placed in page.placed:
            assert placed.top <= top + 0.01
            assert placed.height >= placed.block.height
            top = placed.top - placed.height
        assert top >= paper.body_bottom - 0.01


def test_no_line_runs_out_of_its_block(sheet: SheetContent) -> None:
    for page in compose(sheet):
        for placed in page.placed:
            for part in placed.block.parts:
                for x, y, style, line in part.pieces:
                    assert x >= 0
                    assert x + line.width <= paper_of(sheet.layout).body_width + 0.5
                    assert style.size * 0.7 <= y <= placed.block.height - style.size * 0.2


def test_the_words_on_paper_stay_inside_the_margins(pdf: bytes, sheet: SheetContent) -> None:
    paper = paper_of(sheet.layout)
    for word in words_of(pdf):
        fold = paper.width if word.left > paper.width else 0.0
        assert word.left - fold > paper.margin - 1
        assert word.right - fold < paper.right + 1
        assert word.top > 20
        assert word.bottom < paper.height - 10


def test_the_lines_of_a_card_stand_on_the_same_page() -> None:
    pdf = directory_sheet(content([entry(n, references=f"Fin-{n}") for n in range(1, 40)]))
    pages: dict[str, list[int]] = {}
    for word in words_of(pdf):
        pages.setdefault(word.text, []).append(word.page)
    for number in range(1, 40):
        begins, ends = pages[f"{number}."][0], pages[f"Fin-{number}"]
        assert ends == [begins]


def test_six_short_cards_fill_one_page_and_no_page_has_more() -> None:
    assert page_count(content([short_entry(n) for n in range(1, 7)])) == 2
    for page in compose(content([short_entry(n) for n in range(1, 30)])):
        assert sum(placed.block.kind is Kind.CARD for placed in page.placed) <= CARDS_A_PAGE


def test_six_ordinary_cards_fill_a_page_after_the_first() -> None:
    pages = compose(content([entry(n) for n in range(1, 30)]))
    cards = [sum(placed.block.kind is Kind.CARD for placed in page.placed) for page in pages]
    assert set(cards[1:-2]) == {CARDS_A_PAGE}


@pytest.mark.parametrize("layout", ["cards", "table"])
def test_providers_are_printed_in_the_order_given(layout: str) -> None:
    order = [17, 3, 25, 1, 9, 8, 30, 2]
    entries = [entry(n, position=place, legal_name=f"Nom-{n}") for place, n in enumerate(order, 1)]
    words = [word.text for word in words_of(directory_sheet(content(entries, layout=layout))) if "Nom-" in word.text]
    assert words == [f"Nom-{n}" for n in order]


def test_whoever_holds_the_sheet_can_replay_the_draw() -> None:
    number = "FA-2026-K7Q-0042"
    sirens = sorted(
        (f"{900000000 + n:09d}" for n in range(1, 12)), key=lambda s: sha256(f"{number}|{s}".encode()).hexdigest()
    )
    text = sentences_of(directory_sheet(content([entry(n, siren=s) for n, s in enumerate(sirens, 1)])))
    assert f"SHA-256 du texte « {number}|SIREN »" in text
    printed = [text[at + 6 : at + 17].replace(" ", "") for at in range(len(text)) if text.startswith("SIREN 900", at)]
    assert printed == sirens


def test_nobody_found_says_so_and_what_to_widen() -> None:
    text = sentences_of(directory_sheet(SHEETS["nobody"]))
    assert "Aucun prestataire ne répond à ces besoins" in text
    assert "Territoire : chercher dans toute l'île" in text
    assert "Taille : ne plus demander" in text
    assert "Autres prestations de la famille « Transformation de l'offre » : Maintenance / Mise à jour" in text
    assert "Autres prestations de la famille « Cybersécurité / Data »" in text


def test_what_was_no_criterion_is_not_to_be_widened() -> None:
    text = sentences_of(directory_sheet(content(commune="", size="")))
    assert "Territoire :" not in text
    assert "Taille :" not in text


def test_a_line_added_by_hand_shows_the_reason_and_lines_left_out_are_counted() -> None:
    for layout in ("cards", "table"):
        sheet = content([entry(1, by_hand="Demandé par la gérante")], layout=layout, left_out_count=3)
        text = sentences_of(directory_sheet(sheet))
        assert "Ajouté par le conseiller : Demandé par la gérante" in text
        assert "3 prestataires écartés par le conseiller, avec motif écrit." in text


def test_what_is_hidden_leaves_no_trace() -> None:
    bare = entry(1, phones=(), emails=(), website="", address="", postal_code="", city="", legal_representative="")
    pdf = directory_sheet(content([bare]))
    assert "Aucune coordonnée publiée." in text_of(pdf)
    assert "Figure" not in structure_of(pdf)


def test_text_of_users_is_never_markup() -> None:
    text = sentences_of(directory_sheet(content([entry(1, legal_name="<b>Gras</b> &amp; (fin) \\) Tj %")], qr=False)))
    assert "<b>Gras</b> &amp; (fin) \\) Tj %" in text


def test_other_scripts_and_signs_are_drawn_and_read_back() -> None:
    text = text_of(directory_sheet(SHEETS["nasty cards"]))
    for words in ("עסק דוגמה", "شركة المثال للحلول", "株式会社サンプル", "தமிழ்", "🚀", "☎ ✓"):
        assert words in text.replace("\u202b", "").replace("\u202a", "").replace("\u202c", "")


def test_texts_of_several_lines_keep_their_items_apart() -> None:
    typed = entry(1, references="Un hôtel\nUne boutique", address="3 rue Haute\nBâtiment B")
    text = sentences_of(directory_sheet(content([typed])))
    assert "Un hôtel ; Une boutique" in text
    assert "3 rue Haute, Bâtiment B" in text


def test_forty_services_are_all_printed() -> None:
    text = sentences_of(directory_sheet(content([entry(1, services=forty_services())])))
    for service in forty_services():
        assert " ".join(service.label.split()) in text


def test_a_text_too_long_for_its_place_is_marked() -> None:
    assert text_of(directory_sheet(content([NASTY[8]]))).count("…") >= 5


def test_questions_stand_on_a_last_page_of_their_own() -> None:
    sheet = SHEETS["cards"]
    pdf = directory_sheet(sheet)
    last = [word.text for word in words_of(pdf) if word.page == page_total(pdf)]
    assert " ".join(last).count("?") >= len(sheet.questions) == 10
    assert "SIREN" not in last
    for question in sheet.questions:
        assert " ".join(question.split()) in sentences_of(pdf)


def test_a_demonstration_says_that_its_companies_do_not_exist() -> None:
    assert "ces entreprises n'existent pas" in text_of(directory_sheet(SHEETS["nasty cards"]))
    assert "ces entreprises n'existent pas" not in text_of(directory_sheet(SHEETS["cards"]))


def test_the_document_has_title_language_bookmarks_and_embedded_fonts(pdf: bytes, sheet: SheetContent) -> None:
    with opened(pdf) as document:
        root = document.Root
        assert str(root.Lang) == "fr-FR"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == "Fiche annuaire n° FA-2026-K7Q-0042"
        with document.open_outline() as outline:
            titles = [one.title for one in outline.root]
            providers = [one.title for one in outline.root[1].children]
        assert titles[0].startswith("Fiche annuaire n°")
        assert titles[-1] == "Questions à poser"
        assert len(providers) == len([one for one in sheet.entries if one.legal_name])
        for page in document.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_everything_on_a_page_is_tagged_or_an_artifact(pdf: bytes) -> None:
    with opened(pdf) as document:
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(document.pages):
            assert page.StructParents == number == parents[2 * number]
            owners = parents[2 * number + 1]
            depth, marks = 0, 0
            for one in pikepdf.parse_content_stream(page):
                operands, operator = one.operands, one.operator
                if str(operator) in ("BDC", "BMC"):
                    depth += 1
                    if len(operands) == 2 and "/MCID" in operands[1]:
                        assert marks == operands[1].MCID
                        assert operands[0] == owners[marks].S
                        marks += 1
                elif str(operator) == "EMC":
                    depth -= 1
                elif str(operator) in ("Tj", "f", "f*", "S"):
                    assert depth == 1
            assert depth == 0
            assert marks == len(owners)


def test_the_structure_reads_as_headings_sections_and_paragraphs() -> None:
    tree = structure_of(directory_sheet(SHEETS["cards"]))
    for line in ("H1 (block)", "H2 (block)", "  Sect", "H3 (block)", "Figure:", "LBody"):
        assert line in tree
    assert '"1. Cœur de Lave 1 "' in tree
    assert "desrègles" not in tree


def test_a_table_has_rows_and_headers_and_its_repeated_head_is_an_artifact() -> None:
    sheet = SHEETS["table"]
    tree = structure_of(directory_sheet(sheet))
    assert tree.count("Table (block)") == 1
    assert tree.count("  TR") == len(sheet.entries) + 1
    assert tree.count("/Scope /Row") == len(sheet.entries)
    assert tree.count("/Scope /Column") == 5
    assert text_of(directory_sheet(sheet)).count("Pourquoi ici") == page_count(sheet) - 1


def test_codes_say_whose_contact_they_are() -> None:
    with opened(directory_sheet(content([entry(1)]))) as document:
        figures = [
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert [str(one.Alt) for one in figures] == ["Code QR : coordonnées de Cœur de Lave 1"]


def test_families_are_told_by_shape_and_words_without_their_colour() -> None:
    families = (*reference.FAMILIES, "")
    shapes = [page_style.family_mark(family, 0, 0).split(" rg ")[1] for family in families]
    assert all(one != other for one, other in pairwise(sorted(shapes)))
    text = sentences_of(directory_sheet(content([entry(1, services=forty_services())])))
    for family in reference.FAMILIES:
        assert f"{family} :" in text


any_text = st.text(st.characters(exclude_categories=()), max_size=60) | st.text("aé .<&", max_size=900)
entries = st.builds(
    SheetEntry,
    position=st.just(1),
    legal_name=any_text,
    siren=st.sampled_from(["", "900000001"]),
    services=st.lists(st.sampled_from(list(forty_services())), max_size=40).map(tuple),
    reason=any_text,
    by_hand=any_text,
    address=any_text,
    city=any_text,
    phones=st.lists(any_text, max_size=5).map(tuple),
    emails=st.lists(any_text, max_size=5).map(tuple),
    website=any_text,
    references=any_text,
)
contents = st.builds(
    content,
    st.lists(entries, max_size=12),
    number=any_text,
    company_name=any_text,
    company_place=any_text,
    accompaniment=any_text,
    adviser=any_text,
    commune=any_text,
    size=any_text,
    needs=st.lists(st.sampled_from(list(forty_services())), max_size=40).map(tuple),
    layout=st.sampled_from(["cards", "table", "large", "booklet"]),
    qr=st.booleans(),
    left_out_count=st.integers(0, 3),
    questions=st.lists(any_text, max_size=12).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(contents)
def test_any_content_becomes_a_valid_document_of_the_pages_announced(sheet: SheetContent) -> None:
    pdf = directory_sheet(sheet)
    assert faults_of(pdf) == []
    test_the_page_count_is_known_before_printing(sheet, pdf)
    test_no_block_is_cut_and_none_lies_on_another(sheet)
    test_no_line_runs_out_of_its_block(sheet)


def test_a_thousand_providers_stand_on_one_sheet() -> None:
    sheet = content([entry(n, services=listed_services(["S01"])) for n in range(1, 1001)], qr=False)
    pdf = directory_sheet(sheet)
    assert page_total(pdf) == page_count(sheet) > 160
    assert faults_of(pdf) == []


def test_large_print_is_set_in_fourteen_points_or_more() -> None:
    for page in compose(SHEETS["nasty large"]):
        for placed in page.placed:
            assert all(style.size >= 14 for part in placed.block.parts for _, _, style, _ in part.pieces)


def test_a_booklet_folds_into_pages_in_order() -> None:
    pdf = directory_sheet(SHEETS["booklet"])
    total = len(compose(SHEETS["booklet"]))
    words = words_of(pdf)
    found: dict[tuple[int, int], str] = {}
    for word, following in pairwise(words):
        if word.text == "Page":
            found[word.page, int(word.left > paper_of("booklet").width)] = following.text
    sides = [(found[side, 0], found[side, 1]) for side in range(1, total // 2 + 1)]
    assert sides == [("8/8", "1/8"), ("2/8", "7/8"), ("6/8", "3/8"), ("4/8", "5/8")]
    with opened(pdf) as document:
        for page in document.pages:
            assert [round(float(edge)) for edge in page.MediaBox] == [0, 0, 842, 595]


@pytest.mark.parametrize("count", range(12))
def test_a_booklet_has_pages_in_fours_and_ends_with_the_questions(count: int) -> None:
    pages = compose(content([entry(n) for n in range(1, count + 1)], layout="booklet"))
    assert len(pages) % 4 == 0
    assert pages[-1].count(Kind.ITEM) > 0


def test_a_booklet_tells_the_printer_and_the_reader_how_to_fold_it() -> None:
    with opened(directory_sheet(SHEETS["booklet"])) as document:
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert "retourner sur le bord court" in str(document.docinfo.Keywords)
    assert "retourner sur le bord court" in print_hint("booklet")
    assert print_hint("cards") == ""


def test_a_booklet_is_read_in_the_order_of_its_pages_not_of_its_sheets() -> None:
    tree = structure_of(directory_sheet(SHEETS["booklet"]))
    places = [tree.index(f'"{n}. ') for n in range(1, 9)]
    assert places == sorted(places)
    assert places[-1] < tree.index("Questions à poser")
