"""The Windows installer in wine 10: installed, tried, looked at, refused while open, upgraded, removed.

What passes here was tested under wine 10; it has not been run on Windows.
"""

import shutil
import time
from pathlib import Path

from installers import chroot, pe, product, screen, windows_setup
from installers.checks import Table, expect
from installers.product import BUILD, WINDOWS_FOLDER
from installers.verify_linux import judged
from installers.wine import LOCAL, PREFIX, START_MENU, USER, Wine, windows_path

INSTALLED = LOCAL / "Programs" / product.NAME
DATA = LOCAL / "CCI Reunion" / product.NAME
KEY = rf"HKCU\Software\{product.NAME}"
UNINSTALL = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{product.NAME}"
KIND = r"HKCU\Software\Classes\CharteDesktop.Echange"
WINDOW, CONSOLE, REMOVER = "charte-desktop-window.exe", "charte-desktop.exe", "desinstaller.exe"
PASSPHRASE = "filaos et vétiver"
OPEN, TOO_OLD, DAMAGED = 32, 10, 2
BEFORE = "0.0.1"
"""The version that the trial's older installer calls itself."""
_RUNTIME = "msvcp140 msvcp140_1 msvcp140_2 vcruntime140 vcruntime140_1 concrt140".split()


def check(table: Table, setup: Path, reports: Path) -> None:
    """The whole life of an installation."""
    with table.about("Windows installer in wine 10"):
        reason = chroot.cannot(*screen.NEEDED, "makensis", "x86_64-w64-mingw32-gcc")
        if reason:
            table.skip("installed, tried, upgraded, removed", reason)
            return
        with screen.screen() as shown:
            windows = Wine(shown)
            try:
                _Life(table, windows, shown, setup, reports).check()
            finally:
                windows.end()


class _Life:
    """One Windows, from the first installation to the last removal."""

    def __init__(self, table: Table, windows: Wine, shown: screen.Screen, setup: Path, reports: Path) -> None:
        self.table, self.windows, self.shown, self.reports = table, windows, shown, reports
        self.setup = setup
        self.older = BUILD / "wine" / f"older-{setup.name}"
        self.program = INSTALLED

    def check(self) -> None:
        check = self.table.check
        check("an older version is installed in silence", self._install_older, needed=True)
        check("shortcuts, registry, association", self._registered)
        check("self-test", self._self_test, needed=True)
        check("a base is made from the command line", self._make_base, needed=True)
        check("started by its shortcut, refused while open, closed (look at the picture)", self._open_and_refuse)
        check("upgraded in place, data kept", self._upgrade, needed=True)
        check("the base opens after the upgrade", self._check_base)
        check("self-test with only its own Visual C++ runtime", self._self_test_native)
        check("updated by the program itself from a file", self._update_itself)
        check("only what was installed is removed", self._remove)
        check("installed elsewhere, without a desktop shortcut", self._install_elsewhere)
        check("a damaged installer is refused", self._damaged)
        check("a Windows that is too old is refused", self._too_old)
        check("the installer on screen (look at the picture)", self._look_at_installer)
        self.table.skip("run on Windows 10 or 11", product.NOT_YET_ON_WINDOWS)

    # What the checks do

    def _install_older(self) -> str:
        """An installer like ours, of an older version, with one file that ours lacks."""
        source = BUILD / "wine" / "older"
        shutil.rmtree(source, ignore_errors=True)
        shutil.copytree(WINDOWS_FOLDER, source)
        (source / "runtime" / "d'autrefois.txt").write_text("gone after the upgrade", encoding="utf-8")
        (source / "licences" / "LGPL-3.0.txt").unlink()
        windows_setup.pack(source, self.older, BEFORE, fast=True)
        self._run(self.older, "/S", code=0)
        expect((INSTALLED / "runtime" / "d'autrefois.txt").exists(), "a file was not installed")
        return f"{sum(1 for path in INSTALLED.rglob('*') if path.is_file())} files"

    def _registered(self) -> str:
        facts = self.windows.registry(UNINSTALL)
        expect(facts.get("DisplayName") == product.NAME, f"{UNINSTALL}: {facts}")
        expect(facts.get("DisplayVersion") == BEFORE, f"{UNINSTALL}: {facts}")
        expect("/S" in facts.get("QuietUninstallString", ""), f"{UNINSTALL}: {facts}")
        expect(int(facts.get("EstimatedSize", "0x0"), 16) > 50_000, f"{UNINSTALL}: {facts}")
        command = self.windows.registry(KIND + r"\shell\open\command")
        expect(any(WINDOW in value and "%1" in value for value in command.values()), f"{KIND}: {command}")
        for shortcut in (START_MENU / f"{product.NAME}.lnk", USER / "Desktop" / f"{product.NAME}.lnk"):
            expect(shortcut.exists(), f"{shortcut.name} is not in {shortcut.parent.name}")
        return f"{product.NAME} {facts['DisplayVersion']}, {int(facts['EstimatedSize'], 16) // 1024} MB"

    def _self_test(self, **environment: str) -> str:
        report = self.reports / "self-test-windows.json"
        report.unlink(missing_ok=True)
        done = self.windows.run(
            self.program / CONSOLE, "self-test", "--report", windows_path(report), seconds=300, **environment
        )
        return judged(report, done.code, done.printed)

    def _self_test_native(self) -> str:
        overrides = self.windows.system.environment["WINEDLLOVERRIDES"]
        native = ";".join(f"{name}=n" for name in _RUNTIME)
        return self._self_test(WINEDLLOVERRIDES=f"{overrides};{native}")

    def _make_base(self) -> str:
        done = self._program("check")
        expect((DATA / "charte.db").exists(), f"no base in {DATA}: {done}")
        return str(DATA.relative_to(PREFIX))

    def _check_base(self) -> str:
        return self._program("check").strip()

    def _open_and_refuse(self) -> str:
        (INSTALLED / "notes de l'utilisateur.txt").write_text("à garder", encoding="utf-8")
        shortcut = windows_path(START_MENU / f"{product.NAME}.lnk")
        self.windows.run("wine", "start", shortcut, CHARTE_PASSPHRASE=PASSPHRASE)
        expect(self.shown.wait_for(product.NAME, 90), f"no window: {self.shown.windows()}")
        time.sleep(6)  # until the base is open and the lists are painted
        self.shown.picture(self.reports / "windows.png")
        files = self._files()
        self._run(self.setup, "/S", code=OPEN)
        self._run(INSTALLED / REMOVER, "/S", f"_?={windows_path(INSTALLED)}", code=OPEN)
        expect(self._files() == files, "a refused installation changed something")
        self._close_window()
        return f"both refused with {OPEN}; {(self.reports / 'windows.png').relative_to(product.ROOT)}"

    def _upgrade(self) -> str:
        kept = self._data()
        start = time.monotonic()
        self._run(self.setup, "/S", code=0)
        took = time.monotonic() - start
        self._expect_ours(INSTALLED, extra=frozenset({"notes de l'utilisateur.txt"}))
        expect(self._data() == kept, "data changed")
        facts = self.windows.registry(UNINSTALL)
        expect(facts.get("DisplayVersion") == product.version(), f"{UNINSTALL}: {facts}")
        return f"{BEFORE} to {product.version()} in {took:.0f} s, every file as built"

    def _update_itself(self) -> str:
        """By `charte-desktop update`, as the window does it: the program closes, is replaced, is opened again."""
        key = PREFIX / "drive_c" / "clé USB"
        key.mkdir(exist_ok=True)
        shutil.copyfile(self.setup, key / self.setup.name)
        shutil.copyfile(product.DIST / "SHA256SUMS", key / "SHA256SUMS")
        stamp = (INSTALLED / "runtime" / "python311.dll").stat().st_ino
        said = self._program("update", windows_path(key / self.setup.name))
        expect("commence" in said, said)
        expect(self.shown.wait_for(product.NAME, 120), "the program was not opened again")
        time.sleep(4)
        expect((INSTALLED / "runtime" / "python311.dll").stat().st_ino != stamp, "the files were not replaced")
        self._expect_ours(INSTALLED, extra=frozenset({"notes de l'utilisateur.txt"}))
        self._close_window()
        backups = list((DATA / "sauvegardes").glob("*"))
        expect(bool(backups), "no backup was made before")
        return f"{len(backups)} backups, replaced, opened again"

    def _remove(self) -> str:
        kept = self._data()
        self._run(INSTALLED / REMOVER, "/S", f"_?={windows_path(INSTALLED)}", code=0)
        left = {path.name for path in INSTALLED.rglob("*")} if INSTALLED.exists() else set()
        expect(left <= {"notes de l'utilisateur.txt", REMOVER}, f"left behind: {sorted(left)[:5]}")
        expect("notes de l'utilisateur.txt" in left, "the user's own file was removed")
        expect(self._data() == kept, "data changed")
        for key in (KEY, UNINSTALL, KIND):
            expect(not self.windows.registry(key), f"{key} is still there")
        expect(not (START_MENU / f"{product.NAME}.lnk").exists(), "the shortcut is still there")
        shutil.rmtree(INSTALLED, ignore_errors=True)
        return "the user's file and the data are kept"

    def _install_elsewhere(self) -> str:
        self.program = PREFIX / "drive_c" / "Outils d'été" / "Charte à moi"
        self._run(self.setup, "/S", "/NODESKTOP", f"/D={windows_path(self.program)}", code=0)
        self._expect_ours(self.program)
        expect(not (USER / "Desktop" / f"{product.NAME}.lnk").exists(), "there is a desktop shortcut")
        said = self._self_test()
        self._run(self.program / REMOVER, "/S", f"_?={windows_path(self.program)}", code=0)
        return f"{windows_path(self.program)}: {said}"

    def _damaged(self) -> str:
        broken = BUILD / "wine" / f"damaged-{self.setup.name}"
        content = bytearray(self.setup.read_bytes())
        content[len(content) // 2] ^= 0xFF
        broken.write_bytes(content)
        self._run(broken, "/S", code=DAMAGED)
        expect(not INSTALLED.exists(), "it installed something")
        broken.unlink()
        return f"refused with {DAMAGED}"

    def _too_old(self) -> str:
        """By an installer that asks for a Windows which does not exist yet."""
        source, demanding = BUILD / "wine" / "small", BUILD / "wine" / f"demanding-{self.setup.name}"
        source.mkdir(exist_ok=True)
        shutil.copyfile(WINDOWS_FOLDER / CONSOLE, source / CONSOLE)
        windows_setup.pack(source, demanding, product.version(), fast=True, oldest_windows=99999)
        self._run(demanding, "/S", code=TOO_OLD)
        expect(not INSTALLED.exists(), "it installed something")
        return f"refused with {TOO_OLD}"

    def _look_at_installer(self) -> str:
        picture = self.reports / "windows-installer.png"
        with self.windows.system.running(["wine", self.setup], network="loopback"):
            expect(self.shown.wait_for(product.NAME, 60), f"no window: {self.shown.windows()}")
            time.sleep(2)
            self.shown.picture(picture)
        self.windows.end()
        return str(picture.relative_to(product.ROOT))

    # What they need

    def _run(self, *words: str | Path, code: int) -> None:
        first, *rest = words
        done = self.windows.run_line(f'"{windows_path(Path(first))}" {" ".join(map(str, rest))}')
        expect(
            done.code == code, f"{Path(words[0]).name} {words[1:]} ended with {done.code}, not {code}: {done.printed}"
        )

    def _program(self, *words: str) -> str:
        done = self.windows.run(self.program / CONSOLE, *words, CHARTE_PASSPHRASE=PASSPHRASE)
        expect(done.code == 0, f"{words[0]} ended with {done.code}: {done.printed}")
        return done.printed

    def _close_window(self) -> None:
        """Ask the window to close, as its cross does; it makes its backup first."""
        self.windows.run("wine", "taskkill", "/IM", WINDOW)
        if not self.shown.wait_for(product.NAME, 60, gone=True):
            self.windows.run("wine", "taskkill", "/F", "/IM", WINDOW)
            expect(False, "the window did not close")
        end = time.monotonic() + 30
        while time.monotonic() < end and WINDOW in self.windows.run("wine", "tasklist").printed:
            time.sleep(0.5)

    def _files(self) -> dict[str, str]:
        return {
            path.relative_to(INSTALLED).as_posix(): product.sha256(path)
            for path in INSTALLED.rglob("*")
            if path.is_file()
        }

    def _data(self) -> dict[str, str]:
        return {
            path.relative_to(DATA).as_posix(): product.sha256(path)
            for path in DATA.rglob("*")
            if path.is_file() and path.name in ("charte.db", "charte.cle")
        }

    def _expect_ours(self, folder: Path, extra: frozenset[str] = frozenset()) -> None:
        """Refuse unless the folder holds exactly what was built, and the uninstaller."""

        def names(top: Path) -> dict[str, int]:
            return {path.relative_to(top).as_posix(): path.stat().st_size for path in top.rglob("*") if path.is_file()}

        found, built = names(folder), names(WINDOWS_FOLDER)
        expect(found.pop(REMOVER, 0) > 0, "there is no uninstaller")
        for name in extra:
            found.pop(name, None)
        odd = sorted(set(found.items()) ^ set(built.items()))
        expect(not odd, f"installed and built differ: {odd[:5]}")
        expect(pe.is_pe(folder / WINDOW), "the launcher is damaged")
