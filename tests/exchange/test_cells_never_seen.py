"""Cells as people write them, read through a whole list."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from charte_desktop.model.import_plan import LineAction
from tests.exchange.invented_lists import S, by_name, line_of, planned, siret, text_file, workbook


def test_one_column_per_service_under_merged_families(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Recensement des prestataires – Antenne Est"])
    sheet.append([])
    sheet.append(["Identité", None, None, "Transformation de l'offre", None, None, "Cybersécurité / Data", None])
    sheet.append(["Société", "SIREN", "Mail", "Création / refonte", "Référencement", "Chatbot", "RGPD", "Cybermenaces"])
    for start, end in ((1, 3), (4, 6), (7, 8)):
        sheet.merge_cells(start_row=3, start_column=start, end_row=3, end_column=end)
    marks = [
        ("Alpha Zembro", "x", None, "-", "X", 0),
        ("Bêta Zembro", "✓", "☑", "", "non", "oui"),
        ("Gamma Zembro", 1, "Oui", "✔", None, "☐"),
    ]
    for number, (name, *cells) in enumerate(marks):
        sheet.append([name, S[number], f"contact@{name.split()[0].lower().replace('ê', 'e')}.example", *cells])
    path = tmp_path / "recensement.xlsx"
    book.save(path)
    found = by_name(planned(path))
    assert {name: sorted(one.service_ids) for name, one in found.items()} == {
        "Alpha Zembro": ["S01", "S13"],
        "Bêta Zembro": ["S01", "S03", "S12"],
        "Gamma Zembro": ["S01", "S03", "S09"],
    }


def test_unicode_text_of_a_spreadsheet_with_line_feeds_and_a_lost_number(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(
        (
            "Entreprise\tSIRET\tTél\tE-mail\tPrestations\r\n"
            f'Zourit Cliko\t{siret(S[0])}\t0692002101\tzourit@cliko.example\t"Site internet\n- Référencement"\r\n'
            '"Piton ""Réso"""\t2,14E+11\t0262002102\treso@piton.example\tRGPD\r\n'
        ).encode("utf-16")
    )
    plan = planned(path)
    assert [(line.legal_name, line.siren) for line in plan.lines] == [("Zourit Cliko", S[0]), ('Piton "Réso"', "")]
    assert sorted(plan.new[0].service_ids)[-1] == "S03"
    lost = plan.lines[1]
    assert lost.action is LineAction.INCOMPLETE
    assert [problem.value for problem in lost.problems if problem.field == "siren"] == ["2,14E+11"]
    assert plan.new[1].values["siren"] == ""
    assert "2,14E+11" in str(plan.new[1].values["unread"])


def test_services_in_brackets_do_not_swallow_the_next_one(tmp_path: Path) -> None:
    said = {
        "Site internet (création) + maintenance / mise à jour + référencement naturel": ["S01", "S02", "S03"],
        "MAJ site ; R.G.P.D. ; webdesign (logo, maquettes)": ["S02", "S04", "S13"],
        "CRÉATION / REFONTE SITE / LOGICIELS / CRM / COMPÉTENCES & FORMATIONS": ["S01", "S15", "S16"],
    }
    rows = [[f"Cliko {letter}", S[at], cell] for at, (letter, cell) in enumerate(zip("ABC", said, strict=True))]
    plan = planned(workbook(tmp_path / "p.xlsx", {"P": [["Entreprise", "SIREN", "Prestations"], *rows]}))
    assert [sorted(one.service_ids) for one in plan.new] == list(said.values())


def test_cells_in_error_never_pass_for_values(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "erreurs.xlsx",
            {
                "Feuil1": [
                    ["Société", "SIREN", "Code NAF", "Effectif", "E-mail"],
                    ["Tamarin Réso", "#N/A", "#REF!", "#VALEUR!", "t@tamarin.example"],
                    ["Vavang Cliko", S[0], "nc", "NC", "néant"],
                ]
            },
        )
    )
    for one in plan.new:
        assert "#" not in one.values["siren"] + one.values["ape_code"] + one.values["headcount_band"]
    assert plan.new[1].values["emails"] == []
    assert plan.new[1].values["ape_code"] == ""
    assert plan.lines[0].problems


def test_a_column_of_wrong_numbers_is_still_the_column_of_numbers(tmp_path: Path) -> None:
    lines = ["Entreprise;N° SIREN;Tél", "Kalou Byto;002143757;0262003801", "Tikaz Webo;12345;0262003802"]
    plan = planned(text_file(tmp_path / "faux.csv", lines))
    assert [one.values["unread"].get("siren") for one in plan.new] == ["002143757", "12345"]


def test_a_letter_o_in_a_number_is_told_and_not_guessed(tmp_path: Path) -> None:
    typed = S[0][:3].replace("0", "O") + " " + S[0][3:6] + " " + S[0][6:]
    wrong = f"{S[1][:8]}{(int(S[1][8]) + 5) % 10}"
    plan = planned(
        text_file(
            tmp_path / "saisie.csv",
            ["Entreprise;SIREN;Ville", f"Filao Modulo;{typed};Salazie", f"Piton Webo;{wrong};Cilaos"],
        )
    )
    assert [line.siren for line in plan.lines] == ["", ""]
    assert [[one.value for one in line.problems if one.field == "siren"] for line in plan.lines] == [[typed], [wrong]]


def test_the_charters_column_says_more_than_dates(tmp_path: Path) -> None:
    said = ["oui", "Signée le 5/11/2024", "en attente", "non", "31/02/2025", "2025-06-07", "12.10.25", 45000, None]
    rows = [[f"Réso {letter}", S[at], said[at]] for at, letter in enumerate("ABCDEFGHI")]
    plan = planned(workbook(tmp_path / "charte.xlsx", {"Suivi": [["Société", "SIREN", "Charte"], *rows]}))
    signed = {one.values["legal_name"]: one.signed_on for one in plan.new}
    assert signed == {
        "Réso A": None,
        "Réso B": date(2024, 11, 5),
        "Réso C": None,
        "Réso D": None,
        "Réso E": None,
        "Réso F": date(2025, 6, 7),
        "Réso G": date(2025, 10, 12),
        "Réso H": date(2023, 3, 15),
        "Réso I": None,
    }
    assert line_of(plan, "Réso E").problems


def test_places_as_people_write_them(tmp_path: Path) -> None:
    said = {
        "12 rue des Filaos 97434 ST GILLES LES BAINS": ("12 rue des Filaos", "97434", "97415"),
        "BP 12 - 97861 SAINT PAUL CEDEX": ("BP 12", "97861", "97415"),
        "ZI n° 2, 97 410 St-Pierre": ("ZI n° 2", "97410", "97416"),
        "Petite Ile": ("", "", "97405"),
        "3, ruelle du Piton\nLa Rivière\n97421 SAINT-LOUIS": ("3, ruelle du Piton", "97421", "97414"),
        "10 rue de Paris, 75002 Paris": ("10 rue de Paris", "75002", ""),
    }
    rows = [[f"Lagon {letter}", S[at], place] for at, (letter, place) in enumerate(zip("ABCDEF", said, strict=True))]
    plan = planned(workbook(tmp_path / "p.xlsx", {"P": [["Entreprise", "SIREN", "Adresse"], *rows]}))
    for one, (street, postal_code, commune) in zip(plan.new, said.values(), strict=True):
        assert one.values["address"].startswith(street)
        assert (one.values["postal_code"], one.values["commune_code"]) == (postal_code, commune)


def test_telephones_and_mails_as_people_write_them(tmp_path: Path) -> None:
    said: dict[str, tuple[list[str], bool]] = {
        "0692 00 32 01 / 02 62 00 32 01": (["+262692003201", "+262262003201"], True),
        "06.92.00.32.02 (M. EXEMPLE) ou 0262/00/32/02": (["+262692003202", "+262262003202"], True),
        "fixe: 0262003203 gsm: 0693003203": (["+262262003203", "+262693003203"], True),
        "692 00 32 04": (["+262692003204"], True),
        "0262 00 32": ([], False),
        "+33 6 12 34 56 78": (["+33612345678"], True),
    }
    rows = [[f"Kabar {letter}", S[at], cell] for at, (letter, cell) in enumerate(zip("ABCDEF", said, strict=True))]
    plan = planned(workbook(tmp_path / "t.xlsx", {"T": [["Entreprise", "SIREN", "Coordonnées téléphoniques"], *rows]}))
    assert [one.values["phones"] for one in plan.new] == [phones for phones, _ in said.values()]
    assert ["phones" in one.values["unread"] for one in plan.new][4]


def test_one_cell_for_all_contacts(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "c.csv",
            [
                "Entreprise;N° SIREN;Coordonnées",
                f"Goyavi Webo;{S[0]};0692 00 33 01 - contact@goyavi.example",
                f"Letchi Réso;{S[1]};letchi@reso.example / www.letchi.example",
                f"Fanjan Byto;{S[2]};02 62 00 33 03 Mme EXEMPLE",
            ],
        )
    )
    assert [one.values["phones"] for one in plan.new] == [["+262692003301"], [], ["+262262003303"]]
    assert [one.values["emails"] for one in plan.new] == [["contact@goyavi.example"], ["letchi@reso.example"], []]
    assert [one.values["website"] for one in plan.new] == ["", "www.letchi.example", ""]
    assert [one.values["unread"] for one in plan.new] == [{}, {}, {"phones": "Mme EXEMPLE"}]


def test_a_day_is_never_a_month(tmp_path: Path) -> None:
    days = ["01/02/2025", "1-2-25", "01.02.2025", "1er février 2025", "le 1 fév. 2025", "2025-02-01", 45689]
    rows = [[f"Piton {letter}", S[at], days[at]] for at, letter in enumerate("ABCDEFG")]
    plan = planned(workbook(tmp_path / "d.xlsx", {"D": [["Société", "SIREN", "Date de signature"], *rows]}))
    assert [one.signed_on for one in plan.new] == [date(2025, 2, 1)] * 7


def test_a_charter_of_the_future_is_no_signature(tmp_path: Path) -> None:
    path = text_file(tmp_path / "f.csv", ["Entreprise;SIREN;Charte signée le", f"Tikaz Réso;{S[0]};12/03/2062"])
    plan = planned(path)
    assert plan.new[0].signed_on is None
    assert plan.lines[0].problems


def test_formulas_as_text_markup_and_long_words_are_only_words(tmp_path: Path) -> None:
    names = ["=1+1 Réso", "<b>Gras</b> & Cie", "مرحبا واي", "Web 🌴 Péi", "x" * 300, "'Octet"]
    lines = ["Entreprise;SIREN"] + [f"{name};{S[at]}" for at, name in enumerate(names)]
    plan = planned(text_file(tmp_path / "mots.csv", lines))
    assert [line.siren for line in plan.lines] == S[:6]
    assert [one.values["legal_name"].lstrip("'") for one in plan.new] == [name.lstrip("'") for name in names]


def test_a_closed_provider_and_a_remark_stay_readable(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "r.csv",
        ["Entreprise;SIREN;Observations", f"Goyavi Cliko;{S[0]};Ne répond plus depuis 2024 ; à rappeler ?"],
    )
    path.write_bytes(path.read_bytes().replace(b"2024 ;", b"2024,"))
    plan = planned(path)
    assert "Ne répond plus" in str(plan.new[0].values["notes"]) + str(plan.lines[0].cells)
