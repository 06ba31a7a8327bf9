"""Lists in the manner of real chambers' and advisers' ones, each with what a person would read in it."""

from datetime import date
from pathlib import Path

import pytest
import xlwt

from charte_desktop.errors import UserError
from charte_desktop.model.import_plan import LineAction
from charte_desktop.model.provider import Removal, new_provider
from tests.exchange.invented_lists import S, by_name, planned, siret, text_file, workbook


def test_a_chambers_directory_in_cp1252_with_two_telephones_and_a_sign(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "annuaire.csv",
            [
                "Dénomination sociale;Enseigne;N° SIRET;Forme juridique;Gérant(e);Rue;Code postal;Commune;"
                "Courriel;Portable;Fixe;Activité (NAF)",
                f"SARL VÉTYBYTE;Vétybyte l'atelier;{siret(S[0])};SARL;M. EXEMPLE-1 Noa;12, rue des Filaos;97460;"
                "ST PAUL;contact@vetybyte.example;0692 00 20 01;0262 00 20 01;6201Z",
                f"KALOUNET;;{siret(S[1])};SAS;Mme EXEMPLE-2 Lou;3 chemin de l'Œillet;97427;L'ETANG SALE;"
                "bonjour@kalounet.example;;0262 00 20 02;7311Z",
            ],
            "cp1252",
        )
    )
    found = by_name(plan)
    assert list(found) == ["SARL VÉTYBYTE", "KALOUNET"]
    first, second = found["SARL VÉTYBYTE"].values, found["KALOUNET"].values
    assert sorted(first["phones"]) == ["+262262002001", "+262692002001"]
    assert (first["siren"], first["siret"]) == (S[0], siret(S[0]))
    assert (first["address"], first["postal_code"], first["commune_code"]) == ("12, rue des Filaos", "97460", "97415")
    assert first["legal_representative"] == "M. EXEMPLE-1 Noa"
    assert second["address"] == "3 chemin de l'Œillet"
    assert second["commune_code"] == "97404"
    assert (second["ape_code"], second["ape_nomenclature"]) == ("73.11Z", "NAFRev2")


def test_the_contact_person_is_not_the_company(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "contacts.xlsx",
            {
                "Contacts": [
                    ["Civilité", "Nom", "Prénom", "Fonction", "Structure", "Siren", "Tel pro", "Adresse mail"],
                    ["Mme", "EXEMPLE-1", "Alix", "gérante", "Filao Trame", S[0], "0262 00 22 01", "a@filao.example"],
                    [
                        "M.",
                        "EXEMPLE-2",
                        "Noa",
                        "président",
                        "Tikaz Octet SAS",
                        S[1],
                        "0262 00 22 02",
                        "n@tikaz.example",
                    ],
                ]
            },
        )
    )
    assert [line.legal_name for line in plan.lines] == ["Filao Trame", "Tikaz Octet SAS"]
    assert all("EXEMPLE" in one.values["legal_representative"] for one in plan.new)


def test_a_table_far_from_the_corner_under_a_letter(tmp_path: Path) -> None:
    letter = [
        [None, None, "Chambre de commerce et d'industrie"],
        [
            None,
            None,
            "Objet : liste des prestataires ; votre SIREN, votre adresse et votre e-mail à vérifier",
        ],
        [],
        [None, None, "Madame, Monsieur,"],
        [None, None, "Veuillez trouver ci-dessous la liste."],
        [],
        [],
    ]
    header = [None, None, "N°", "Nom de l'entreprise", "N° Siren", "Ville", "Effectif salarié"]
    rows = [
        [None, None, 1, "Bichik Trame", S[0], "Le Tampon", "3 à 5"],
        [None, None, 2, "Varang Pixel", S[1], "Sainte Suzanne", 12],
    ]
    plan = planned(workbook(tmp_path / "courrier.xlsx", {"Feuil1": [*letter, header, *rows]}))
    assert [(line.row, line.legal_name, line.siren) for line in plan.lines] == [
        (9, "Bichik Trame", S[0]),
        (10, "Varang Pixel", S[1]),
    ]
    assert [one.values["commune_code"] for one in plan.new] == ["97422", "97420"]
    assert plan.new[0].values["headcount_band"] == "02"
    assert plan.new[1].values["headcount"] == 12


def test_two_sheets_of_the_same_kind_and_a_summary(tmp_path: Path) -> None:
    header = ["Prestataire", "SIREN", "Téléphone", "Services proposés"]
    plan = planned(
        workbook(
            tmp_path / "familles.xlsx",
            {
                "Synthèse": [["Famille", "Nombre"], ["Sites web", 2], ["Cybersécurité", 2]],
                "Sites web": [
                    header,
                    ["Lagon Webo", S[0], "0262002301", "Création de site"],
                    ["Kabar Réso", S[1], "0262002302", "Référencement"],
                ],
                "Cybersécurité": [
                    header,
                    ["Kabar Réso", S[1], "0262002302", "RGPD"],
                    ["Fanjan Datik", S[2], "0262002303", "Cybermenaces"],
                ],
            },
        )
    )
    told = [(line.sheet, line.row, line.legal_name, line.action) for line in plan.lines]
    assert told[:2] == [
        ("Sites web", 2, "Lagon Webo", LineAction.INCOMPLETE),
        ("Sites web", 3, "Kabar Réso", LineAction.INCOMPLETE),
    ]
    assert told[2][:3] == ("Cybersécurité", 2, "Kabar Réso")
    assert told[2][3] is LineAction.DUPLICATE
    assert len(plan.new) == 3


def test_commas_inside_quotes_and_a_byte_order_mark(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "liste.csv",
            [
                "Nom entreprise,Siret,Adresse complète,Mail,Services",
                f'"Jamblon, Modulo & Cie",{siret(S[0])},"4 bis, allée des Letchis, 97440 Saint-André",'
                'j@jamblon.example,"Chatbot, RGPD, formation"',
                f'Gayar Codix,{siret(S[1])},"ZA du Bassin, 97410 SAINT-PIERRE CEDEX",g@gayar.example,SEO',
            ],
            "utf-8-sig",
        )
    )
    first, second = plan.new
    assert first.values["legal_name"] == "Jamblon, Modulo & Cie"
    assert (first.values["postal_code"], first.values["commune_code"]) == ("97440", "97409")
    assert sorted(first.service_ids) == ["S09", "S13", "S16"]
    assert second.service_ids == ["S03"]
    assert second.values["commune_code"] == "97416"


def test_a_header_repeated_on_every_printed_page(tmp_path: Path) -> None:
    header = ["Raison sociale", "SIREN", "Téléphone"]
    plan = planned(
        workbook(
            tmp_path / "impression.xlsx",
            {
                "Liste": [
                    ["Page 1"],
                    header,
                    ["Letchi Logiko", S[0], "0262002401"],
                    ["Page 2"],
                    header,
                    ["Maloya Byto", S[1], "0262002402"],
                    ["Nombre de prestataires : 2"],
                    [None, None, "Édité le 12/03/2026"],
                ]
            },
        )
    )
    assert [line.legal_name for line in plan.lines if line.action is not LineAction.LEFT_OUT] == [
        "Letchi Logiko",
        "Maloya Byto",
    ]
    assert len(plan.new) == 2
    assert all(line.reason for line in plan.lines if line.action is LineAction.LEFT_OUT)


def test_capitals_without_accents_and_numbered_columns(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "EXTRACTION.CSV",
            [
                "RAISON SOCIALE;NUM SIRET;TEL 1;TEL 2;MAIL 1;MAIL 2;EFFECTIFS;CODE APE;LIBELLE APE;"
                "DATE SIGNATURE CHARTE",
                f"PAPANG CODIX;{siret(S[0])};0262002501;0692002501;A@PAPANG.EXAMPLE;B@PAPANG.EXAMPLE;20 A 49;62.02A;"
                "CONSEIL EN SYSTEMES ET LOGICIELS INFORMATIQUES;03/04/2025",
            ],
        )
    )
    only = plan.new[0]
    assert only.values["phones"] == ["+262262002501", "+262692002501"]
    assert [email.lower() for email in only.values["emails"]] == ["a@papang.example", "b@papang.example"]
    assert only.values["headcount_band"] == "12"
    assert (only.values["ape_code"], only.signed_on) == ("62.02A", date(2025, 4, 3))


def test_an_old_xls_with_numbers_as_floats_and_real_dates(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuil1")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for column, title in enumerate(["Entreprise", "SIRET", "Téléphone", "CP", "Ville", "Charte signée le"]):
        sheet.write(0, column, title)
    for column, value in enumerate(["Goyavi Nuage", int(siret(S[0])), 692002601, 97480, "Saint Joseph"]):
        sheet.write(1, column, value)
    sheet.write(1, 5, date(2025, 2, 1), day)
    path = tmp_path / "ancien.xls"
    book.save(str(path))
    only = planned(path).new[0]
    assert (only.values["siren"], only.values["siret"]) == (S[0], siret(S[0]))
    assert only.values["phones"] == ["+262692002601"]
    assert (only.values["postal_code"], only.values["commune_code"]) == ("97480", "97412")
    assert only.signed_on == date(2025, 2, 1)


def test_companies_whose_names_look_like_totals_and_titles(tmp_path: Path) -> None:
    names = ["Total Web SARL", "Section 8", "Note Bleue Studio", "Nord Numérique", "Page Blanche", "Somme Toute"]
    rows = [[name, S[number], f"0262 00 27 0{number}"] for number, name in enumerate(names)]
    plan = planned(workbook(tmp_path / "noms.xlsx", {"Noms": [["Entreprise", "SIREN", "Tél"], *rows]}))
    assert [line.legal_name for line in plan.lines if line.action is not LineAction.LEFT_OUT] == names


def test_a_total_that_says_what_it_counts(tmp_path: Path) -> None:
    lines = ["TOTAL : 29 lignes", "Total général : 2 prestataires", "Total 2 entreprises", "Soit 2 prestataires"]
    rows = [["Tikaz Datik", S[0], "0262003101"], ["Varang Webo", S[1], "0262003102"], *([line] for line in lines)]
    plan = planned(workbook(tmp_path / "t.xlsx", {"T": [["Entreprise", "SIREN", "Tél"], *rows]}))
    assert [line.action for line in plan.lines[2:]] == [LineAction.LEFT_OUT] * 4
    assert len(plan.new) == 2


def test_a_list_without_any_company_number(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "carnet.csv",
            [
                "Prestataires;Contact;Mail;Tél;Ce qu'ils font",
                "Kaz Octet;Swann EXEMPLE-3;kaz@octet.example;06 92 00 28 01;sites internet et référencement",
                "Zembro Byto;;;0262 00 28 02 (matin);logos, maquettes",
            ],
        )
    )
    assert [line.action for line in plan.lines] == [LineAction.INCOMPLETE, LineAction.INCOMPLETE]
    found = by_name(plan)
    assert found["Kaz Octet"].values["phones"] == ["+262692002801"]
    assert found["Zembro Byto"].values["phones"] == ["+262262002802"]


def test_the_same_list_twice_and_blanks_that_take_nothing_away(tmp_path: Path) -> None:
    known = new_provider(
        legal_name="Kalou Trame SARL", siren=S[0], emails=["contact@kalou.example"], phones=["+262262002901"],
        website="https://www.kalou.example", legal_representative="Eden EXEMPLE-4",
    )  # fmt: skip
    vat_number = f"FR{(12 + 3 * (int(S[0]) % 97)) % 97:02d}{S[0]}"
    path = workbook(
        tmp_path / "maj.xlsx",
        {
            "MAJ": [
                ["Raison sociale", "TVA intracommunautaire", "E-mail", "Téléphone", "Site web", "Responsable"],
                [
                    "KALOU TRAME",
                    vat_number,
                    None,
                    "0262 00 29 01",
                    None,
                    "Eden EXEMPLE-4",
                ],
            ]
        },
    )
    plan = planned(path, [known])
    assert (plan.new, plan.updated) == ([], [])
    assert [line.action for line in plan.lines] == [LineAction.UNCHANGED]
    assert plan.changes_nothing()


def test_a_removed_provider_does_not_come_back_by_a_list(tmp_path: Path) -> None:
    gone = new_provider(legal_name="Bichik Nuage", siren=S[0])
    gone.removals = [
        Removal(provider_id=gone.id, removed_on=date(2026, 1, 5), clauses=["C13"], reason="…", adviser="Conseiller Est")
    ]
    path = text_file(tmp_path / "l.csv", ["Entreprise;SIREN;Tél", f"BICHIK NUAGE;{S[0]};0262003001"])
    plan = planned(path, [gone])
    assert plan.changes_nothing()
    assert "radié" in plan.lines[0].reason.casefold()


def test_an_establishment_of_a_known_company_is_that_company(tmp_path: Path) -> None:
    known = new_provider(legal_name="Varang Logiko", siren=S[0], siret=siret(S[0]))
    second = siret(S[0], 2)
    path = text_file(
        tmp_path / "l.csv", ["Entreprise;SIRET;Ville", f"VARANG LOGIKO - AGENCE SUD;{second};Saint-Pierre"]
    )
    plan = planned(path, [known])
    assert plan.new == []
    assert plan.lines[0].record_id == known.id


def test_headers_with_line_feeds_stars_and_units(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "formulaire.xlsx",
            {
                "Réponses au formulaire 1": [
                    ["Horodateur", "Nom de votre entreprise *", "Votre n° SIRET *\n(14 chiffres)",
                     "Code APE\n(ex. 62.01Z)", "Nombre\nd'employé(s)", "Votre adresse e-mail", "Votre site internet"],
                    [date(2026, 3, 1), "Lagon Trame", siret(S[0]), "6201Z", 4, "l@lagon.example",
                     "www.lagon.example"],
                ]
            },
        )
    )  # fmt: skip
    only = plan.new[0].values
    assert (only["legal_name"], only["siren"], only["ape_code"]) == ("Lagon Trame", S[0], "62.01Z")
    assert (only["headcount"], only["emails"], only["website"]) == (4, ["l@lagon.example"], "www.lagon.example")


def test_a_nic_in_its_own_column(tmp_path: Path) -> None:
    nic = siret(S[0])[9:]
    plan = planned(
        text_file(tmp_path / "s.csv", ["siren;nic;denomination;codePostal", f"{S[0]};{nic};KABAR PIXEL;97430"])
    )
    only = plan.new[0].values
    assert (only["legal_name"], only["siren"]) == ("KABAR PIXEL", S[0])
    assert only["siret"] in ("", siret(S[0]))
    assert only["commune_code"] == "97422"


def test_two_columns_with_the_same_header(tmp_path: Path) -> None:
    plan = planned(
        text_file(
            tmp_path / "deux.csv",
            [
                "Entreprise;SIREN;Téléphone;Téléphone;E-mail;E-mail",
                f"Zembro Nuage;{S[0]};0262003401;0692003401;a@zembro.example;b@zembro.example",
            ],
        )
    )
    only = plan.new[0].values
    assert only["phones"] == ["+262262003401", "+262692003401"]
    assert only["emails"] == ["a@zembro.example", "b@zembro.example"]


def test_a_list_without_any_header(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "sans.csv",
        [
            f"SARL Kalou Octet;{S[0]};97400 Saint-Denis;0262003501;kalou@octet.example",
            f"Papang Trame;{S[1]};97410 Saint-Pierre;0692003502;papang@trame.example",
            f"Vavang Réso;{S[2]};97460 Saint-Paul;0262003503;vavang@reso.example",
        ],
    )
    try:
        plan = planned(path)
    except UserError as told:
        assert str(told).endswith(".")  # noqa: PT017  (a sentence is as good an answer as the three providers)
        return
    assert [line.siren for line in plan.lines if line.action is not LineAction.LEFT_OUT] == S[:3]


def test_the_same_name_with_two_numbers_is_two_companies(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "homonymes.csv",
        ["Entreprise;SIREN;Ville", f"Filao Services;{S[0]};Saint-Leu", f"FILAO SERVICES SARL;{S[1]};Salazie"],
    )
    plan = planned(path)
    assert len(plan.new) == 2
    assert all(line.action is LineAction.INCOMPLETE for line in plan.lines)


def test_a_provider_without_number_is_known_by_its_name_and_mail(tmp_path: Path) -> None:
    known = new_provider(legal_name="SARL Bichik Trame", emails=["contact@bichik.example"], city="Cilaos")
    path = text_file(
        tmp_path / "connu.csv",
        ["Entreprise;SIREN;Mail", f"Bichik Trame;{S[0]};contact@bichik.example"],
    )
    plan = planned(path, [known])
    assert plan.new == []
    assert [(line.action, line.record_id) for line in plan.lines] == [(LineAction.UPDATED, known.id)]
    assert plan.updated[0].values["siren"] == S[0]


def test_another_number_than_the_registers_is_never_overwritten(tmp_path: Path) -> None:
    known = new_provider(legal_name="Varang Nuage", siren=S[0], emails=["contact@varang.example"])
    path = text_file(
        tmp_path / "autre.csv",
        ["Entreprise;SIREN;Mail", f"Varang Nuage;{S[1]};contact@varang.example"],
    )
    plan = planned(path, [known])
    assert all("siren" not in update.values for update in plan.updated)
    assert all(line.record_id != known.id or line.problems or line.reason for line in plan.lines)


def test_a_sheet_of_accompanied_companies_beside_the_providers(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "tout.xlsx",
            {
                "Prestataires": [
                    ["Prestataire", "SIREN", "Tél", "Prestations"],
                    ["Lagon Codix", S[0], "0262003601", "RGPD"],
                    ["Jamblon Byto", S[1], "0262003602", "Chatbot"],
                ],
                "Charte": [["Article", "Texte"], ["1", "Les engagements du prestataire"], ["2", "La base de données"]],
            },
        )
    )
    assert {line.sheet for line in plan.lines} == {"Prestataires"}
    assert len(plan.new) == 2


def test_a_transposed_group_header_with_blank_lines_between(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "espace.xlsx",
            {
                "L": [
                    ["Identification", None, "Contact", None, "Activité", None],
                    ["Nom", "Siret", "Téléphone", "Courriel", "Code", "Effectif"],
                    [],
                    ["Kabar Modulo", siret(S[0]), "0262003701", "k@kabar.example", "62.01Z", "1-2"],
                    [],
                    ["Piton Trame", siret(S[1]), "0262003702", "p@piton.example", "6202A", "Entre 6 et 9 salariés"],
                ]
            },
        )
    )
    assert [(line.row, line.legal_name) for line in plan.lines] == [(4, "Kabar Modulo"), (6, "Piton Trame")]
    assert [one.values["headcount_band"] for one in plan.new] == ["01", "03"]
    assert [one.values["ape_code"] for one in plan.new] == ["62.01Z", "62.02A"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("planning.csv", "Jour;Matin;Après-midi\nlundi;réunion;visites\nmardi;bureau;bureau".encode()),
        ("lettre.txt", b"Bonjour,\n\nVoici la liste promise.\n\nCordialement"),
        ("vide.csv", b""),
        ("blanc.xlsx", b""),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("abime.xlsx", b"PK\x03\x04" + bytes(300)),
        ("protege.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        ("mesures.csv", "\n".join(f"{n};{n * n};{n % 7}" for n in range(50)).encode()),
    ],
)
def test_what_is_no_list_of_companies_gets_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        planned(path)
    assert len(str(told.value)) > 20
    assert str(told.value).rstrip().endswith(".")


def test_a_total_that_counts_under_the_columns_of_a_company_is_no_company(tmp_path: Path) -> None:
    plan = planned(
        workbook(
            tmp_path / "totaux.xlsx",
            {
                "Liste": [
                    ["Raison sociale", "SIREN", "Prestations", "Tél"],
                    ["Kaz Alpha", S[0], "Site vitrine, RGPD", "0262000001"],
                    ["TOTAL", None, 2, None],
                    ["Total général", None, None, 2],
                ]
            },
        )
    )

    assert [line.action.value for line in plan.lines] == ["incomplete", "left_out", "left_out"]
    assert plan.new[0].service_ids == ["S01", "S13"]


def test_an_export_of_three_hundred_columns_is_read_by_the_few_we_know(tmp_path: Path) -> None:
    others = [f"Champ {number}" for number in range(297)]
    plan = planned(
        workbook(
            tmp_path / "large.xlsx",
            {
                "Export": [
                    ["Raison sociale", "SIREN", *others, "Téléphone"],
                    ["Kaz Alpha", S[0], *range(297), "0262 00 00 01"],
                    ["Kaz Bêta", S[1], *range(297), "0262 00 00 02"],
                ]
            },
        )
    )

    assert {name: one.values["siren"] for name, one in by_name(plan).items()} == {"Kaz Alpha": S[0], "Kaz Bêta": S[1]}
    assert [one.values["phones"] for one in plan.new] == [["+262262000001"], ["+262262000002"]]
