"""Compiles the hot modules with mypyc when a wheel is built with POLICY_IE_COMPILE=1.

Which modules stands in pyproject.toml. Where there is no C compiler, or anything goes wrong, the wheel is pure
Python all the same, with a warning: slower, the same records. Editable installs are always pure.
"""

from __future__ import annotations

import fnmatch
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

SECONDS = 1800
"""Longest time that compiling may take."""


def compile_modules(files: list[str]) -> None:
    """Compiles modules beside their sources; the working directory is the folder of the package."""
    from mypyc.build import mypycify
    from setuptools import setup

    # The settings of the project are for checking; types of what is not installed here count as unknown, and to the
    # checker their classes have no hash. Where pydantic is found, its defaults are unknown without its plugin.
    options = ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent"]
    options += ["--disable-error-code=arg-type", "--disable-error-code=call-arg"]
    extensions = mypycify([*options, *files], opt_level="2", debug_level="0", group_name="policy_ie")
    setup(name="policy_ie", ext_modules=extensions, script_args=["build_ext", "--inplace"])


def asked() -> bool:
    """Whether a compiled build is asked for: compiling takes some minutes, which a first look should not."""
    return os.environ.get("POLICY_IE_COMPILE", "0") not in ("", "0")


def hindrance() -> str:
    """Why the modules cannot be compiled; empty where they can."""
    if sys.implementation.name != "cpython":
        return "this Python is not CPython"
    if sys.platform != "win32":  # there setuptools finds the compiler, and fails where there is none
        command = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
        if shutil.which(command[0]) is None:
            return f"there is no C compiler ({command[0]})"
    return ""


if __name__ == "__main__":
    compile_modules(sys.argv[1:])
else:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class CompiledModules(BuildHookInterface):  # type: ignore[type-arg]
        """The build hook."""

        def dependencies(self) -> list[str]:
            """What compiling needs, where it can be done."""
            return [] if not asked() or hindrance() else ["mypy>=1.18", "setuptools"]

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Puts the compiled modules into a wheel."""
            self.folder: str | None = None
            self.built: list[Path] = []
            if version == "editable" or not asked():
                return
            reason = hindrance()
            if not reason:
                self.folder = tempfile.mkdtemp(prefix="policy_ie")
                reason = self._compile(Path(self.folder))
            if reason:
                self.app.display_warning(f"policy_ie is built in pure Python, which is slower: {reason}")
                return
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            for path in self.built:
                build_data["force_include"][str(path)] = path.relative_to(Path(self.folder or "")).as_posix()
            self.app.display_info(f"compiled {len(self.built)} files")

        def _modules(self, folder: Path) -> list[str]:
            """Paths of the modules to compile, from the folder on."""
            found = sorted(path.relative_to(folder).as_posix() for glob in self.config["modules"] for path in folder.glob(glob))
            return [name for name in found if not any(fnmatch.fnmatch(name, glob) for glob in self.config["interpreted"])]

        def _compile(self, folder: Path) -> str:
            """Compiles a copy of the package in the folder; what went wrong, or empty."""
            shutil.copytree(
                Path(self.root, "src", "policy_ie"), folder / "policy_ie", ignore=shutil.ignore_patterns("data", "__pycache__")
            )
            modules = self._modules(folder)
            command = [sys.executable, str(Path(self.root, "hatch_build.py")), *modules]
            try:
                done = subprocess.run(
                    command,
                    cwd=folder,
                    timeout=SECONDS,
                    text=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    check=False,
                )
            except (OSError, subprocess.SubprocessError) as error:
                return str(error)
            if done.returncode:
                return f"mypyc failed\n{done.stdout[-3000:]}"
            shutil.rmtree(folder / "build", ignore_errors=True)  # of setuptools
            self.built = [path for path in folder.rglob("*.*") if path.suffix in (".so", ".pyd")]
            compiled = {path.parent / path.name.partition(".")[0] for path in self.built}
            missing = [module for module in modules if (folder / module).with_suffix("") not in compiled]
            return f"not compiled: {', '.join(missing)}" if missing else ""

        def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
            """Removes the copy."""
            if self.folder is not None:
                shutil.rmtree(self.folder, ignore_errors=True)
