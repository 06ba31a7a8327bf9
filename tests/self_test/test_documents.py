"""The self-test makes every document of the program: a new one that it does not make fails here."""

import ast
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from charte_desktop.self_test import trials

PACKAGE = Path(__file__).parents[2] / "charte_desktop" / "documents"

WITHOUT_DOCUMENTS = {"bases", "contents", "window"}
"""Modules of trials that make none."""
PARTS = {
    "certificate_chain.chain_of": "a part of a verdict, on a seal whose authority is known",
    "pdf_values.inflate": "reads a stream of a PDF",
    "pdf_values.without_predictor": "reads a stream of a PDF",
    "contact_code.squares": "the squares of a QR code",
    "seal.add_timestamp": "asks a service of time stamps, which nobody reaches without network",
}
"""What gives bytes and is no document that somebody is handed, or cannot be made here, and why."""


GIVEN_OUT = ("bytes", "tuple[bytes, ...]", "tuple[int, bytes]")


def makers() -> dict[str, Callable[..., Any]]:
    """Every public function of documents/ that gives bytes, by module and name."""
    found = {}
    for file in sorted(PACKAGE.glob("*.py")):
        module = importlib.import_module(f"charte_desktop.documents.{file.stem}")
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _gives_bytes(node):
                found[f"{file.stem}.{node.name}"] = getattr(module, node.name)
    return found


def _gives_bytes(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and node.returns is not None and ast.unparse(node.returns) in GIVEN_OUT


@pytest.fixture
def called(tmp_path: Path, qapp: object) -> set[CodeType]:
    """What ran during the trials that make documents."""
    codes: set[CodeType] = set()

    def hear(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    for name, trial in trials._trials():
        if trial.__module__.rpartition(".")[2] in WITHOUT_DOCUMENTS:
            continue
        (tmp_path / name).mkdir()
        sys.setprofile(hear)
        try:
            trial(tmp_path / name)
        finally:
            sys.setprofile(None)
    return codes


def test_every_document_of_the_program_is_made_by_the_self_test(called: set[CodeType]) -> None:
    made = {name: maker.__wrapped__ if hasattr(maker, "__wrapped__") else maker for name, maker in makers().items()}
    forgotten = {name for name, maker in made.items() if maker.__code__ not in called and name not in PARTS}
    assert not forgotten, "add them to a trial of self_test/, or to what the demonstration writes"
    assert set(PARTS) <= set(made), "these are no more"
