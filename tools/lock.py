"""Write lock/*.txt: the names, versions and hashes of everything the project installs, and no address.

Run through `make lock`, which provides uv; `make lock ARGS=--upgrade` moves every version to the newest that
pyproject.toml allows. The lists are universal: one set of files serves every supported Python and system.

Four lists, because they are installed at different moments: `run` holds the program and what builds it,
`audio` the ready-made part of the audio extra and what builds the rest of it, `pyaudio` the one package that
is compiled on the spot and may therefore fail alone, `dev` what checks and tests need.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "lock"
COMPILED = "pyaudio"
# What pip would otherwise fetch unchecked to build PyAudio; it has to be there before.
BUILDERS = ["setuptools"]


def wanted() -> dict[str, list[str]]:
    """The requirements of each list, in the order in which they constrain one another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    audio: list[str] = project["project"]["optional-dependencies"]["audio"]
    compiled = [line for line in audio if line.startswith(COMPILED)]
    return {
        "run": project["project"]["dependencies"] + project["build-system"]["requires"],
        "audio": [line for line in audio if line not in compiled] + BUILDERS,
        "pyaudio": compiled,
        "dev": project["dependency-groups"]["dev"],
    }


def compile_list(name: str, requirements: list[str], constraints: list[Path], options: list[str]) -> Path:
    """Resolve one list, agreeing with the lists made before it, and return its file."""
    target = LOCK / f"{name}.txt"
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "-",
        "--quiet",
        "--output-file",
        str(target),
        *options,
    ]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    for constraint in constraints:
        command += ["--constraint", str(constraint)]
    subprocess.run(command, input="\n".join(requirements), text=True, check=True, stdout=subprocess.DEVNULL)
    if "://" in target.read_text(encoding="utf-8"):
        sys.exit(f"{target} holds an address; a lock holds names, versions and hashes only")
    return target


def main() -> None:
    """Write every list; the arguments go to uv as they are."""
    LOCK.mkdir(exist_ok=True)
    done: list[Path] = []
    for name, requirements in wanted().items():
        done.append(compile_list(name, requirements, done, sys.argv[1:]))


if __name__ == "__main__":
    main()
