"""Where a base may live: on a disk of this laptop, outside what a service copies behind our back, with room left.

A synchronising service copies the base while it is being written, and a network folder does not hold SQLite's locks:
both have destroyed bases without a word.
"""

import configparser
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from charte_desktop.errors import UserError

SPACE_TO_START = 20 * 1024 * 1024
"""Bytes free for a new base."""

_BY_NAME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "drivefs": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "kdrive": "kDrive",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "box sync": "Box",
    "megasync": "MEGA",
    "synologydrive": "Synology Drive",
}
"""Folder names that the services give; a name may go on after a space, a hyphen or a bracket: "OneDrive - CCIR"."""

_BY_MARKER = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".stfolder": "Syncthing",
    ".SynologyWorkingDirectory": "Synology Drive",
}
"""What the services leave in the folder they follow."""
_OWN_FOLDER_OF_THE_SERVICE = frozenset({".dropbox"})
"""In a home folder, a folder of that name holds the service's own settings; only a file is a marker."""
_MARKER_PATTERNS = {".sync_*.db": "Nextcloud", "._sync_*.db": "Nextcloud"}

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "davfs", "ceph", "lustre",
        "glusterfs", "fuse.sshfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs",
        "fuse.smbnetfs", "fuse.curlftpfs", "fuse.google-drive-ocamlfuse", "fuse.onedriver",
    }
)  # fmt: skip
_DRIVE_REMOTE = 4
"""What Windows answers for a network drive."""


def refuse_unsafe(folder: Path) -> None:
    """Refuse a synchronised or a network folder. `folder` is absolute; it need not exist yet."""
    service = synchronised_by(folder)
    if service:
        raise UserError(
            f"Le dossier « {folder} » est synchronisé par {service}, qui abîmerait la base en la copiant. "
            "Choisissez un dossier de ce poste qui n'est pas synchronisé ; les sauvegardes, elles, peuvent y aller."
        )
    if is_on_network(folder):
        raise UserError(
            f"Le dossier « {folder} » est sur le réseau, où la base ne serait pas en sûreté. "
            "Choisissez un dossier du disque de ce poste ; les sauvegardes, elles, peuvent aller sur le réseau."
        )


def synchronised_by(folder: Path) -> str:
    """The name of the service that copies `folder`, empty when none is known to."""
    for part in folder.parts:
        name = part.casefold()
        for known, service in _BY_NAME.items():
            if name == known or (name.startswith(known) and name[len(known)] in " -(_."):
                return service
    for parent in (folder, *folder.parents):
        for marker, service in _BY_MARKER.items():
            found = parent / marker
            if found.is_file() or (marker not in _OWN_FOLDER_OF_THE_SERVICE and found.is_dir()):
                return service
        for pattern, service in _MARKER_PATTERNS.items():
            if any(parent.glob(pattern)):
                return service
    for root, service in _declared_folders():
        if folder.is_relative_to(root):
            return service
    return ""


def _declared_folders() -> list[tuple[Path, str]]:
    """The folders that the services say they follow, in this user's variables and settings."""
    found = [
        (Path(os.environ[name]), "OneDrive")
        for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
        if os.environ.get(name)
    ]
    settings = [Path(os.environ[name]) for name in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME") if name in os.environ]
    with suppress(RuntimeError):  # a service account has no home
        settings += [Path.home() / ".config"]
        found += [(root, "Dropbox") for root in _dropbox_folders(Path.home() / ".dropbox/info.json")]
    for place in settings:
        found += [(root, "Dropbox") for root in _dropbox_folders(place / "Dropbox/info.json")]
        found += [(root, "Nextcloud") for root in _nextcloud_folders(place / "Nextcloud/nextcloud.cfg")]
    return found


def _dropbox_folders(info: Path) -> list[Path]:
    try:
        accounts = json.loads(info.read_text(encoding="utf-8"))
        return [Path(account["path"]) for account in accounts.values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # another program's file: when it cannot be read, it tells nothing


def _nextcloud_folders(settings: Path) -> list[Path]:
    reader = configparser.RawConfigParser(strict=False)
    try:
        reader.read(settings, encoding="utf-8")
    except (OSError, ValueError, configparser.Error):
        return []  # another program's file: when it cannot be read, it tells nothing
    return [
        Path(value)
        for section in reader.sections()
        for name, value in reader.items(section)
        if name.endswith("localpath") and value
    ]


def is_on_network(folder: Path) -> bool:
    """True for a folder of another machine."""
    if sys.platform == "win32":
        import ctypes

        remote = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
        return is_shared_name(str(folder)) or remote
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # not a Linux: nothing says where the folder is
    return file_system_of(folder, mounts) in _NETWORK_FILE_SYSTEMS


def is_shared_name(name: str) -> bool:
    r"""True for a Windows name such as `\\serveur\partage\base`; `\\?\C:\base` is a local one."""
    drive = PureWindowsPath(name).drive
    if drive.upper().startswith("\\\\?\\UNC\\"):
        return True
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def file_system_of(folder: Path, mounts: str) -> str:
    """The type of the file system that holds `folder`, `mounts` being the text of /proc/self/mounts."""
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        # A later mount hides an earlier one on the same point.
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[2]
    return kind


def _unescaped(point: str) -> str:
    """Mount points are written with octal escapes for blanks."""
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(written, meant)
    return point


def require_space(folder: Path, wanted: int, for_what: str) -> None:
    """Refuse when the disk of `folder` has less than `wanted` bytes free; `for_what` as in "pour la sauvegarde"."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise UserError(
            f"Il manque {_megabytes(wanted - free)} Mo sur le disque de « {folder} » {for_what} "
            f"(libre : {free // 1_000_000} Mo). Libérez de la place, puis recommencez."
        )


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def require_writable(file: Path) -> None:
    """Refuse a file that may not be changed. Asked before SQLite opens it: closing it would drop SQLite's locks."""
    try:
        with file.open("r+b"):
            return
    except PermissionError as refused:
        raise UserError(
            f"Le fichier « {file} » est en lecture seule. Rendez-le modifiable, ou choisissez un autre dossier."
        ) from refused
