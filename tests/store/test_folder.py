import json
from pathlib import Path

import pytest

from charte_desktop.errors import UserError
from charte_desktop.store import folder as folders
from charte_desktop.store.database import Database


@pytest.fixture(autouse=True)
def _a_home_without_services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "maison"))
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("C/Users/ah/OneDrive/Charte", "OneDrive"),
        ("C/Users/ah/OneDrive - CCI Réunion/Bureau/Charte", "OneDrive"),
        ("home/ah/Dropbox/charte", "Dropbox"),
        ("home/ah/Dropbox (CCIR)/charte", "Dropbox"),
        ("G/Mon Drive/charte", "Google Drive"),
        ("Users/ah/Library/CloudStorage/GoogleDrive-ah@exemple.example/x", "Google Drive"),
        ("home/ah/Nextcloud/charte", "Nextcloud"),
        ("Users/ah/iCloudDrive/charte", "iCloud Drive"),
        ("Users/ah/Library/Mobile Documents/com~apple~CloudDocs/charte", "iCloud Drive"),
        ("home/ah/kDrive/charte", "kDrive"),
        ("home/ah/.local/share/Charte Desktop", ""),
        ("home/dropboxer/charte", ""),
        ("home/ah/mes onedrives/charte", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, path: str, service: str) -> None:
    assert folders.synchronised_by(tmp_path / path) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".sync_a1b2c3.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".owncloudsync.log", "ownCloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_the_service_leaves_in_it(
    tmp_path: Path, marker: str, service: str
) -> None:
    (tmp_path / marker).touch()
    assert folders.synchronised_by(tmp_path / "dossiers" / "charte") == service


@pytest.mark.parametrize("marker", [".stfolder", ".tmp.drivedownload", ".dropbox.cache"])
def test_a_marker_may_be_a_folder(tmp_path: Path, marker: str) -> None:
    (tmp_path / marker).mkdir()
    assert folders.synchronised_by(tmp_path / "charte") != ""


def test_the_settings_of_dropbox_in_a_home_do_not_make_the_home_synchronised(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert folders.synchronised_by(tmp_path / "charte") == ""


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_a_renamed_onedrive_is_known_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "Nuage"))
    assert folders.synchronised_by(tmp_path / "Nuage" / "charte") == "OneDrive"
    assert folders.synchronised_by(tmp_path / "Nuages" / "charte") == ""


def test_a_renamed_dropbox_is_known_by_its_settings(tmp_path: Path) -> None:
    settings = tmp_path / "maison" / ".dropbox" / "info.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"personal": {"path": str(tmp_path / "Partage")}}), encoding="utf-8")
    assert folders.synchronised_by(tmp_path / "Partage" / "charte") == "Dropbox"
    settings.write_text("{ pas du json", encoding="utf-8")
    assert folders.synchronised_by(tmp_path / "Partage" / "charte") == ""
    settings.write_text('["autre chose"]', encoding="utf-8")
    assert folders.synchronised_by(tmp_path / "Partage" / "charte") == ""


def test_a_renamed_nextcloud_is_known_by_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    settings = tmp_path / "Roaming" / "Nextcloud" / "nextcloud.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[Accounts]\n0\\Folders\\1\\localPath={tmp_path}/Equipe/\n0\\url=x%y\n", encoding="utf-8")
    assert folders.synchronised_by(tmp_path / "Equipe" / "charte") == "Nextcloud"
    settings.write_text("sans section\n", encoding="utf-8")
    assert folders.synchronised_by(tmp_path / "Equipe" / "charte") == ""


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        (r"\\serveur\partage\charte", True),
        (r"\\?\UNC\serveur\partage\charte", True),
        ("//serveur/partage/charte", True),
        (r"C:\Users\ah\charte", False),
        (r"\\?\C:\Users\ah\charte", False),
    ],
)
def test_a_windows_share_is_known_by_its_name(name: str, shared: bool) -> None:
    assert folders.is_shared_name(name) is shared


MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
serveur:/partage /mnt/nfs nfs4 rw,vers=4.2 0 0
//serveur/commun /mnt/Dossier\040commun cifs rw 0 0
ah@serveur: /home/ah/distant fuse.sshfs rw 0 0
/dev/sdb1 /mnt/nfs/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ah/charte", "ext4"),
        ("/mnt/nfs/charte", "nfs4"),
        ("/mnt/nfsautre", "ext4"),
        ("/mnt/Dossier commun/charte", "cifs"),
        ("/home/ah/distant", "fuse.sshfs"),
        ("/mnt/nfs/local/charte", "ext4"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(folder: str, kind: str) -> None:
    assert folders.file_system_of(Path(folder), MOUNTS) == kind


def test_the_disk_of_this_machine_is_no_network(tmp_path: Path) -> None:
    assert not folders.is_on_network(tmp_path)


def test_a_base_is_neither_made_nor_opened_in_a_synchronised_folder(tmp_path: Path, database: Database) -> None:
    nuage = tmp_path / "OneDrive - CCIR" / "charte"
    with pytest.raises(UserError, match="synchronisé par OneDrive"):
        Database.create(nuage, demonstration=True)
    assert not nuage.exists()
    database.close()
    nuage.parent.mkdir()
    database.folder.rename(nuage)
    before = sorted(file.name for file in nuage.iterdir())
    with pytest.raises(UserError, match="synchronisé par OneDrive"):
        Database.open(nuage)
    assert sorted(file.name for file in nuage.iterdir()) == before


def test_a_link_does_not_hide_where_a_folder_is(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "ici").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    with pytest.raises(UserError, match="synchronisé par Dropbox"):
        Database.create(tmp_path / "ici" / "charte", demonstration=True)


def test_the_space_that_is_missing_is_said(tmp_path: Path) -> None:
    folders.require_space(tmp_path, 1, "pour la sauvegarde")
    with pytest.raises(UserError, match=r"Il manque \d+ Mo .* pour la sauvegarde"):
        folders.require_space(tmp_path, 10**18, "pour la sauvegarde")
