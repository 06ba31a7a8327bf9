"""A lock file for one system: pip judges the conditions of a lock by the system it runs on, not by the one it fills."""

import ast
import re
from collections.abc import Mapping

LINUX = {
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}
WINDOWS = {**LINUX, "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}

_LINE = re.compile(r"^(?P<pin>[A-Za-z0-9._-]+==[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*(?P<rest>\\?)$")


def lock_for(lock: str, system: Mapping[str, str]) -> str:
    """The entries of `lock` that hold on `system`, without their conditions."""
    kept: list[str] = []
    keeps = True
    for line in lock.splitlines():
        found = _LINE.match(line)
        if found:
            keeps = found["marker"] is None or holds(found["marker"], system)
            line = f"{found['pin']} {found['rest']}".rstrip()
        if keeps:
            kept.append(line)
    return "\n".join(kept) + "\n"


def holds(marker: str, system: Mapping[str, str]) -> bool:
    """Whether a condition (`python_full_version < '3.12' and sys_platform == 'linux'`) is true on `system`."""
    return _judge(ast.parse(marker.strip(), mode="eval").body, system)


def may_hold(marker: str, system: Mapping[str, str]) -> bool:
    """The same, true when the condition is not understood; an extra is never asked for."""
    if re.search(r"\bextra\b", marker):
        return False
    try:
        return holds(marker, system)
    except (ValueError, KeyError, SyntaxError):
        return True


def _judge(node: ast.expr, system: Mapping[str, str]) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = [_judge(part, system) for part in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise ValueError(f"a condition of the lock is not understood: {ast.unparse(node)}")
    left, right = _value(node.left, system), _value(node.comparators[0], system)
    match node.ops[0]:
        case ast.Eq():
            return left == right
        case ast.NotEq():
            return left != right
        case ast.Lt():
            return left < right
        case ast.LtE():
            return left <= right
        case ast.Gt():
            return left > right
        case ast.GtE():
            return left >= right
        case _:
            raise ValueError(f"a condition of the lock is not understood: {ast.unparse(node)}")


def _value(node: ast.expr, system: Mapping[str, str]) -> tuple[tuple[int, int | str], ...]:
    """Versions compare by number, words as they are: `3.9` is before `3.11`."""
    if isinstance(node, ast.Name):
        words = system[node.id]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value
    else:
        raise ValueError(f"a condition of the lock is not understood: {ast.unparse(node)}")
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in words.split("."))
