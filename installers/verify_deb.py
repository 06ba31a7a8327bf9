"""The Debian package, on a Debian where nothing was installed before."""

import shutil
import time
from pathlib import Path

from installers import chroot, linux_package, product, screen
from installers.checks import Table, expect
from installers.product import DIST
from installers.verify_linux import judged

SUITES = {"debian-12": "bookworm", "debian-13": "trixie"}


def check(table: Table, package: Path, reports: Path) -> None:
    """Install, try, look, remove."""
    for name, suite in SUITES.items():
        with table.about(f"Debian package on a clean {name}"):
            reason = chroot.cannot(*screen.NEEDED)
            if reason:
                table.skip("installed, tried, removed", reason)
                continue
            _check_on(table, package, reports, name, suite)


def _check_on(table: Table, package: Path, reports: Path, name: str, suite: str) -> None:
    system = chroot.system(name, suite, fresh=True)
    assert system.root is not None
    system.shared = {DIST: "/mnt/dist", reports: "/mnt/reports"}
    home = {"HOME": "/root", "LANG": "C.UTF-8"}
    system.environment = home
    shutil.copyfile("/etc/resolv.conf", system.root / "etc" / "resolv.conf")

    def install() -> str:
        words = "apt-get -qq update && apt-get -qq install -y --no-install-recommends /mnt/dist/" + package.name
        done = system.run(["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", words], network="here", seconds=900)
        expect(done.code == 0, done.printed[-1500:])
        return ", ".join(linux_package.depends())

    def self_test() -> str:
        report = reports / f"self-test-{name}.json"
        report.unlink(missing_ok=True)
        words = [product.COMMAND, "self-test", "--report", f"/mnt/reports/{report.name}"]
        done = system.run(words, network="none", seconds=300)
        return judged(report, done.code, done.printed)

    def look(shown: screen.Screen) -> str:
        demo = system.run([product.COMMAND, "demo", "--output", "/tmp/demo"], seconds=120)
        expect(demo.code == 0, demo.printed[-1500:])
        with system.running([product.COMMAND, "--data-dir", "/tmp/demo/base"]):
            expect(shown.wait_for(product.NAME), f"no window: {shown.windows()}")
            time.sleep(3)  # until its lists are painted
            return str(shown.picture(reports / f"{name}.png").relative_to(product.ROOT))

    def remove() -> str:
        done = system.run(["dpkg", "--purge", product.COMMAND])
        expect(done.code == 0, done.printed[-1500:])
        assert system.root is not None
        left = [
            place for place in (linux_package.PLACE, f"usr/bin/{product.COMMAND}") if (system.root / place).exists()
        ]
        expect(not left, f"left behind: {left}")
        expect((system.root / "tmp/demo/base/charte.db").exists(), "data was removed")
        return "nothing left, data kept"

    table.check("installed by apt, without recommended packages", install, needed=True)
    with screen.screen() as shown:
        system.environment = {**home, "DISPLAY": shown.display}
        table.check("self-test on a screen, network cut", self_test)
        table.check("window on a screen (look at the picture)", lambda: look(shown))
    table.check("removed", remove)
    shutil.rmtree(system.root, ignore_errors=True)
