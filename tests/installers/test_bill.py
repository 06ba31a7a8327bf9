import json
from email.message import Message
from pathlib import Path

import pytest

from installers import bill
from installers.wheels import Wheel


def wheel(**facts: str) -> Wheel:
    about = Message()
    for name, value in facts.items():
        about[name.replace("_", "-")] = value
    return Wheel(Path("x.whl"), about["Name"] or "thing", "1.0", about)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"License_Expression": "Apache-2.0 AND MIT"}, "Apache-2.0 AND MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD-3-Clause"),
        ({"License": "LGPL-2.1-or-later"}, "LGPL-2.1-or-later"),
        ({"Name": "sqlcipher3"}, "Zlib AND BSD-3-Clause AND Apache-2.0"),
    ],
)
def test_the_licence_of_a_package_is_the_one_it_states(facts: dict[str, str], expected: str) -> None:
    assert bill.licence_of(wheel(**facts)) == expected


def test_a_package_without_a_known_licence_stops_the_build() -> None:
    with pytest.raises(ValueError, match="no licence that is known"):
        bill.licence_of(wheel(License="All rights reserved"))


def test_the_bill_of_materials_is_the_same_for_the_same_components() -> None:
    components = [
        bill.Component("B", "1", "MIT", "pkg:pypi/b@1", "ab" * 32),
        bill.Component("A", "2", "Apache-2.0 OR MIT", "pkg:pypi/a@2", notes={"file": "a.whl"}),
    ]
    one, other = (bill.sbom("linux", components) for _ in range(2))
    assert json.dumps(one) == json.dumps(other)
    assert one["components"][0]["licenses"] == [{"license": {"id": "MIT"}}]
    assert one["components"][1]["licenses"] == [{"expression": "Apache-2.0 OR MIT"}]
    assert one["dependencies"][0]["dependsOn"] == ["pkg:pypi/b@1", "pkg:pypi/a@2"]
    other_content = bill.sbom("linux", components[:1])
    assert other_content["serialNumber"] != one["serialNumber"]
