"""run.py on tiny projects: one package, which the test builds itself into wheels/, so that nothing needs a network."""

from __future__ import annotations

import compileall
import ensurepip
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
UV = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
with_pip = pytest.mark.skipif(not importlib.util.find_spec("ensurepip"), reason="this Python has no ensurepip")
with_uv = pytest.mark.skipif(not UV, reason="there is no uv here")
TOOLS = [pytest.param("uv", marks=with_uv), pytest.param("pip", marks=with_pip)]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give things away")
SOMEBODY = 54321
"""A user who is neither root nor the one who runs the tests."""
CLOSED = "http://127.0.0.1:9/simple"
OWN_SETTINGS = re.compile("(PIP|UV|PYTHON|LC)_.*|PYTHON.*|LANG|LANGUAGE|VIRTUAL_ENV")
GAME = """
import json, os, sys, tiny
print(json.dumps({"args": sys.argv[1:], "cwd": os.getcwd(), "tiny": tiny.VERSION, "prefix": sys.prefix,
                  "utf8": sys.flags.utf8_mode, "heard": sys.stdin.read()}))
sys.exit(7 if "seven" in sys.argv else 0)
"""

PIP_COPIED = """
import sys
if "venv" in sys.orig_argv:
    import glob, os, shutil, venv
    def put_pip(self, context):
        lib = os.path.join(context.env_dir, "Lib", "site-packages") if os.name == "nt" else glob.glob(
            os.path.join(glob.escape(context.env_dir), "lib", "python3*", "site-packages"))[0]
        shutil.copytree({pip!r}, lib, dirs_exist_ok=True)
    venv.EnvBuilder._setup_pip = put_pip
"""


class Project:
    """A checkout with run.py, a game of a few lines and the lock of one package."""

    def __init__(self, folder: Path, python: str) -> None:
        self.python = python
        self.folder, self.wheels, self.cache = folder, folder / "wheels", folder.parent / "cache"
        for name in ("game", "assets/text", "wheels"):
            (folder / name).mkdir(parents=True)
        shutil.copy(ROOT / "run.py", folder)
        shutil.copy(ROOT / "assets" / "text" / "run.json", folder / "assets" / "text")
        (folder / "game" / "__init__.py").touch()
        (folder / "game" / "cli.py").write_text(GAME, "utf-8")
        self.lock = folder / "requirements.lock"
        self.lock.write_text(self.locked("tiny", self.wheel("1.0")), "utf-8")

    def wheel(self, version: str, name: str = "tiny", more: str = "") -> Path:
        """A package, built by hand into wheels/; `more` goes into its metadata."""
        path, about = self.wheels / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(f"{name}.py", f"VERSION = {version!r}\n")
            packed.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}")
            packed.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            packed.writestr(f"{about}/RECORD", f"{name}.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
        return path

    def locked(self, name: str, wheel: Path) -> str:
        """The lines of a lock for a wheel of version 1.0."""
        return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"

    def variables(self, tool: str = "any", **more: str) -> dict[str, str]:
        """A user with English messages, a cache of their own, no package settings, and uv or not. Empty: without that one."""
        kept = {name: value for name, value in os.environ.items() if not OWN_SETTINGS.fullmatch(name)}
        folders = [folder for folder in kept["PATH"].split(os.pathsep) if not shutil.which("uv", path=folder)]
        if UV and tool != "pip":
            folders.insert(0, str(Path(UV).parent))
        fixed = {"LANG": "en_US.UTF-8", "PATH": os.pathsep.join(folders), "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}
        caches = {name: str(self.cache) for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME")}
        offline = {"PIP_INDEX_URL": CLOSED, "PIP_RETRIES": "1", "UV_HTTP_RETRIES": "0", "UV_CACHE_DIR": str(self.cache / "uv")}
        return {name: value for name, value in {**kept, **fixed, **caches, **offline, **more}.items() if value}

    def popen(self, *words: str, tool: str = "any", cwd: Path | None = None, **more: str) -> subprocess.Popen[str]:
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = [self.python, str(self.folder / "run.py"), *words]
        return subprocess.Popen(command, cwd=cwd, env=self.variables(tool, **more), encoding="utf-8", **pipes)

    def start(self, *words: str, heard: str = "", **how: Any) -> Outcome:
        with self.popen(*words, **how) as process:
            out, err = process.communicate(heard, timeout=120)
        return Outcome(process.returncode, out, err)

    def ready(self) -> list[Path]:
        return [*self.folder.glob(".env/*/ready"), *self.cache.glob("**/big-account/*/ready")]

    def fake_uv(self, script: str) -> str:
        """The PATH of a user whose uv is this shell script."""
        path = self.folder.parent / "fake" / "uv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
        return os.pathsep.join([str(path.parent), os.environ["PATH"]])


class Outcome:
    """What a start came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.err, self.out = code, err, out

    @property
    def game(self) -> dict[str, Any]:
        """What the game saw; only a start that reached it has this."""
        assert self.out, self.err
        found: dict[str, Any] = json.loads(self.out)
        return found

    def refused(self, *parts: str) -> bool:
        """Exit 1, nothing from the game, and a last line, not a traceback, that says all of this."""
        assert (self.code, self.out) == (1, ""), self.err
        assert "Traceback" not in self.err
        last = self.err.strip().splitlines()[-1]
        assert all(part in last for part in parts), last
        return True


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python as it is, but that pip comes into its environments as a copy of what it once put there itself: the same files, in
    a tenth of the time."""
    pip, host = tmp_path_factory.mktemp("pip"), tmp_path_factory.mktemp("host")
    bundled = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"), None)
    if bundled is None:  # a system's own Python keeps it elsewhere
        return sys.executable
    with zipfile.ZipFile(bundled) as wheel:
        wheel.extractall(pip)
    compileall.compile_dir(pip, quiet=2, workers=0)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(host)], check=True)
    (packages_of(host) / "sitecustomize.py").write_text(PIP_COPIED.format(pip=str(pip)), "utf-8")
    return str(next(path for path in (host / "bin" / "python", host / "Scripts" / "python.exe") if path.exists()))


def packages_of(env: Path) -> Path:
    return next(path for path in (*env.glob("lib/python3*/site-packages"), env / "Lib" / "site-packages") if path.is_dir())


@pytest.fixture
def project(tmp_path: Path, python: str) -> Project:
    return Project(tmp_path / "大客户 game", python)


@pytest.fixture
def module(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The project's run.py as a module, in an English user's process without uv."""
    for name in [name for name in os.environ if OWN_SETTINGS.fullmatch(name)]:
        monkeypatch.delenv(name)
    for name, value in project.variables("pip").items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("run_of_a_project", project.folder / "run.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    yield found


def wait_until(true: Any) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("tool", TOOLS)
def test_the_first_start_installs_and_hands_over_everything(project: Project, tmp_path: Path, tool: str) -> None:
    project.python = sys.executable
    outcome = project.start("seven", "中 文", "--x=1", heard="你好", tool=tool, cwd=tmp_path)
    game = outcome.game
    assert (outcome.code, game["args"], game["cwd"]) == (7, ["seven", "中 文", "--x=1"], str(tmp_path))
    assert (game["tiny"], game["utf8"], game["heard"]) == ("1.0", 1, "你好")
    assert Path(game["prefix"]).parent == project.folder / ".env"
    assert "First start" in outcome.err and "Setup finished" in outcome.err and len(outcome.err.splitlines()) <= 6
    assert ("Collecting" in next(project.folder.glob(".env/*.log")).read_text("utf-8")) <= (tool == "pip")


def test_a_warm_start_says_nothing_and_its_own_time_is_printed(project: Project) -> None:
    project.start()
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        assert project.start().err == ""
        took.append(time.perf_counter() - begun)
    print(f"a warm start with its game: {min(took):.3f} s")


def test_four_starts_at_once_build_once(project: Project) -> None:
    processes = [project.popen() for _ in range(4)]
    ends = [process.communicate(timeout=120) for process in processes]
    assert [json.loads(out)["tiny"] for out, _ in ends] == ["1.0"] * 4
    assert "".join(err for _, err in ends).count("Setup finished") == 1


@posix_only
def test_after_a_kill_half_way_the_next_start_waits_for_what_is_left_and_repairs(project: Project) -> None:
    path = project.fake_uv('for last; do :; done; mkdir -p "$last"; : > "$last/half"; sleep 2; : > "$last/late"')
    with project.popen(PATH=path) as process:
        wait_until(lambda: list(project.folder.glob(".env/*/half")))
        process.kill()
    outcome = project.start()
    assert outcome.game["tiny"] == "1.0" and "please wait" in outcome.err
    assert not [*project.folder.glob(".env/*/half"), *project.folder.glob(".env/*/late")]


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """A shell starts what runs in its background deaf to Ctrl-C, and whatever that starts inherits it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@posix_only
@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_while_installing_is_one_sentence_and_130_and_the_next_start_repairs(project: Project) -> None:
    path = project.fake_uv('for last; do :; done; mkdir -p "$last"; exec sleep 60')
    with project.popen(PATH=path) as process:
        wait_until(lambda: [entry for entry in project.folder.glob(".env/*") if entry.is_dir()])
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in err and err.splitlines()[-1].startswith("Setup was stopped")
    assert project.start().game["tiny"] == "1.0"


@pytest.mark.parametrize("tool", TOOLS)
def test_a_wrong_hash_stops_and_names_the_package(project: Project, tool: str) -> None:
    project.lock.write_text(f"tiny==1.0 \\\n    --hash=sha256:{'0' * 64}\n", "utf-8")
    outcome = project.start(tool=tool)
    assert outcome.refused("package tiny", "checksum", ".log") and "trying pip" not in outcome.err
    assert not project.ready()


@pytest.mark.parametrize("tool", TOOLS)
def test_a_lock_without_hashes_installs_nothing(project: Project, tool: str) -> None:
    project.lock.write_text("tiny==1.0\n", "utf-8")
    assert project.start(tool=tool).refused("could not be")
    assert not project.ready()


@pytest.mark.parametrize("tool", TOOLS)
def test_a_release_that_came_after_the_lock_is_passed_over(project: Project, tool: str) -> None:
    """The lock is complete. Older pips (23.2, in Python 3.11.7) still look for the newest where somebody asks for an extra."""
    other = project.wheel("1.0", "other", "Requires-Dist: tiny[more]<2\n")
    project.wheel("1.1", more="Provides-Extra: more\n")
    with project.lock.open("a", encoding="utf-8") as lock:
        lock.write(project.locked("other", other))
    assert project.start(tool=tool).game["tiny"] == "1.0"


@pytest.mark.parametrize("tool", TOOLS)
def test_wheels_that_lack_a_package_are_said_and_then_the_missing_network_is(project: Project, tool: str) -> None:
    next(project.wheels.glob("*.whl")).unlink()
    outcome = project.start(tool=tool)
    assert outcome.refused("could not be downloaded", str(project.wheels), ".log")
    assert "does not hold every package" in outcome.err


@pytest.mark.parametrize("tool", TOOLS)
def test_the_users_package_source_is_used_by_either_tool(project: Project, tmp_path: Path, tool: str) -> None:
    index = tmp_path / "index" / "tiny"
    wheel = next(project.wheels.iterdir()).name
    index.parent.mkdir()
    project.wheels.rename(index)
    (index / "index.html").write_text(f"<a href='{wheel}'>{wheel}</a>", "utf-8")
    sources = ({"PIP_FIND_LINKS": str(index), "PIP_NO_INDEX": "1"}, {"PIP_INDEX_URL": index.parent.as_uri()})
    for source in sources if tool == "uv" else sources[:1]:  # pip's own settings are pip's
        outcome = project.start("--repair", "play", tool=tool, **source)
        assert outcome.game["tiny"] == "1.0" and "trying pip" not in outcome.err


STANDS = [(stands, named) for stands in ("elsewhere/below", "大客户 game") for named in ("", "uv.toml")]


@pytest.mark.parametrize(
    ("stands", "named", "tool"),
    [pytest.param(*where, "uv", marks=with_uv) for where in STANDS] + [pytest.param("大客户 game", "", "pip", marks=with_pip)],
)
def test_settings_that_lie_where_the_user_stands_do_not_count(
    project: Project, tmp_path: Path, stands: str, named: str, tool: str
) -> None:
    heard, cwd = tmp_path / "heard", tmp_path / stands
    cwd.mkdir(parents=True, exist_ok=True)
    (cwd / "pip.conf").write_text(f"[install]\ntarget = {heard}\n", "utf-8")
    (cwd / "pyproject.toml").write_text(f"[tool.uv.pip]\ntarget = {json.dumps(str(heard))}\n", "utf-8")
    (cwd.parent / "uv.toml").write_text(f"[pip]\ntarget = {json.dumps(str(heard))}\n", "utf-8")
    if named:
        shutil.copy(cwd.parent / named, cwd / named)
    pointing = {"PIP_CONFIG_FILE": "pip.conf", "UV_NO_CONFIG": "", "UV_CONFIG_FILE": named, "UV_WORKING_DIR": str(cwd)}
    outcome = project.start(tool=tool, cwd=cwd, **pointing)
    assert outcome.game["tiny"] == "1.0" and "trying pip" not in outcome.err and not heard.exists()


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("told", ["by a variable", "at home"])
def test_a_users_own_settings_count(project: Project, tmp_path: Path, told: str, tool: str) -> None:
    project.wheels.rename(tmp_path / "index")
    texts = {
        "uv": f"find-links = [{json.dumps(str(tmp_path / 'index'))}]\noffline = true\n",
        "pip": f"[global]\nfind-links = {tmp_path / 'index'}\nno-index = 1\n",
    }
    name = {"uv": "uv.toml", "pip": "pip.ini" if sys.platform == "win32" else "pip.conf"}[tool]
    path = project.cache / "config" / tool / name
    path.parent.mkdir(parents=True)
    path.write_text(texts[tool], "utf-8")
    settings = {"UV_NO_CONFIG": "", "PIP_INDEX_URL": "", "PIP_CONFIG_FILE": "", "XDG_CONFIG_HOME": str(project.cache / "config")}
    settings["APPDATA"] = settings["XDG_CONFIG_HOME"]
    if told == "by a variable":
        settings |= {f"{tool.upper()}_CONFIG_FILE": str(path), "XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    outcome = project.start(tool=tool, **settings)
    assert outcome.game["tiny"] == "1.0" and "trying pip" not in outcome.err


@pytest.mark.parametrize("tool", TOOLS)
def test_a_package_source_may_be_named_from_where_the_user_stands(project: Project, tmp_path: Path, tool: str) -> None:
    project.wheels.rename(tmp_path / "index")
    outcome = project.start(tool=tool, cwd=tmp_path, PIP_FIND_LINKS="index", PIP_NO_INDEX="1")
    assert outcome.game["tiny"] == "1.0" and "trying pip" not in outcome.err


@posix_only
@with_pip
def test_a_uv_that_lies_where_the_user_stands_is_not_run(project: Project, tmp_path: Path) -> None:
    project.fake_uv(f"touch '{tmp_path / 'heard'}'; exit 2")
    outcome = project.start(cwd=tmp_path / "fake", PATH=os.pathsep.join([".", project.variables("pip")["PATH"]]))
    assert outcome.game["tiny"] == "1.0" and not (tmp_path / "heard").exists()


@posix_only
@with_uv
def test_a_folder_that_is_gone_is_a_place_to_start_from(project: Project, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = 'cd "$1" && rmdir "$1" && exec "$2" "$3" check'
    words = ["sh", "-c", script, "sh", str(tmp_path / "gone"), sys.executable, str(project.folder / "run.py")]
    game = "import sys, tiny\nprint(tiny.VERSION, sys.argv[1])\n"
    (project.folder / "game" / "cli.py").write_text(game, "utf-8")
    ended = subprocess.run(words, env=project.variables("uv"), capture_output=True, encoding="utf-8", check=False)
    assert ended.stdout == "1.0 check\n" and "trying pip" not in ended.stderr, ended.stderr


@posix_only
@with_pip
def test_where_uv_fails_pip_takes_over(project: Project) -> None:
    outcome = project.start(PATH=project.fake_uv("echo broken; exit 2"))
    assert outcome.game["tiny"] == "1.0" and "trying pip" in outcome.err


def test_a_missing_lock_is_named(project: Project) -> None:
    project.lock.unlink()
    assert project.start().refused("requirements.lock is missing")
    assert project.start("test").refused("requirements-test.lock is missing")


@pytest.mark.parametrize("words", [["test", "-k", "x"], ["--lang", "en", "test"], ["--lang=en", "test"]])
def test_the_tests_have_an_environment_of_their_own(project: Project, words: list[str]) -> None:
    project.lock.rename(project.folder / "requirements-test.lock")
    assert project.start(*words).game["args"] == words
    assert project.start("play", "test").refused("requirements.lock is missing")


@posix_only
@pytest.mark.parametrize(
    ("last_words", "expected"),
    [
        ("ensurepip is not available", "lacks venv or pip"),
        ("[Errno 28] No space left on device", "(No space left on device); free some disk space"),
    ],
)
def test_a_python_that_cannot_make_an_environment_is_a_sentence(
    project: Project, module: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: Any, last_words: str, expected: str
) -> None:
    project.fake_uv(f"echo '{last_words}'; exit 1")
    monkeypatch.setattr(sys, "executable", str(project.folder.parent / "fake" / "uv"))
    code = module.main(["play"])
    assert Outcome(code, *capfd.readouterr()).refused(expected)


def test_where_the_checkout_takes_no_environment_it_lives_in_the_users_cache(project: Project) -> None:
    (project.folder / ".env").write_text("a file in the way", "utf-8")
    assert project.cache in Path(project.start().game["prefix"]).parents
    assert project.start().err == ""


@posix_only
def test_a_read_only_checkout_works(project: Project) -> None:
    entries = [project.folder, *project.folder.rglob("*")]
    for entry in entries:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    try:
        if os.access(project.folder, os.W_OK):
            pytest.skip("permissions do not bind this user, who is root; the test above stands in")
        assert project.cache in Path(project.start().game["prefix"]).parents
    finally:
        for entry in entries:
            entry.chmod(0o755)


def test_where_no_place_can_be_written_both_are_named(project: Project) -> None:
    (project.folder / ".env").write_text("", "utf-8")
    project.cache.write_text("", "utf-8")
    assert project.start().refused(str(project.folder / ".env"), str(project.cache), "allow writing there")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def built_in(outcome: Outcome) -> Path:
    return Path(outcome.game["prefix"]).parent


@pytest.fixture(params=[0o000, 0o002, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@posix_only
@pytest.mark.usefixtures("umask")
def test_whatever_the_umask_nobody_else_can_write_where_environments_are(project: Project, tmp_path: Path) -> None:
    assert mode_of(built_in(project.start())) == 0o700
    shutil.rmtree(project.folder / ".env")
    (project.folder / ".env").write_text("a file in the way", "utf-8")
    place = built_in(project.start(XDG_CACHE_HOME=str(tmp_path / "a" / "b"), HOME=str(tmp_path / "a" / "b")))
    assert [mode_of(folder) for folder in (place, place.parent, place.parent.parent)] == [0o700] * 3


@posix_only
def test_a_place_that_only_our_group_could_write_in_is_closed_and_keeps_its_environment(project: Project) -> None:
    place = built_in(project.start())
    place.chmod(0o775)
    again = project.start()
    assert (built_in(again), again.err, mode_of(place)) == (place, "", 0o755)


@posix_only
def test_a_place_where_everybody_could_write_is_passed_over(project: Project) -> None:
    place = built_in(project.start())
    place.chmod(0o777)
    outcome = project.start()
    assert project.cache in built_in(outcome).parents and f"{place} belongs to another user or can be" in outcome.err
    again = project.start()
    assert (built_in(again), again.err) == (built_in(outcome), "")


@posix_only
@root_only
def test_a_place_of_somebody_else_is_passed_over(project: Project) -> None:
    place = built_in(project.start())
    os.chown(place, SOMEBODY, SOMEBODY)
    outcome = project.start()
    assert project.cache in built_in(outcome).parents and f"{place} belongs to another user" in outcome.err


@posix_only
@root_only
def test_an_environment_that_somebody_planted_is_built_anew(project: Project) -> None:
    env = Path(project.start().game["prefix"])
    code = next(env.rglob("tiny.py"))
    code.unlink()  # it may be linked to uv's own copy
    code.write_text("VERSION = 'planted'\n", "utf-8")
    os.chown(env, SOMEBODY, SOMEBODY)
    outcome = project.start()
    assert outcome.game["tiny"] == "1.0" and "Setup finished" in outcome.err


@posix_only
def test_a_link_of_our_own_leads_to_a_place(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (project.folder / ".env").symlink_to(tmp_path / "elsewhere")
    assert "big-account" not in str(built_in(project.start())) and any((tmp_path / "elsewhere").iterdir())


@posix_only
@root_only
def test_a_link_that_somebody_else_planted_leads_nowhere(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (project.folder / ".env").symlink_to(tmp_path / "elsewhere")
    os.chown(project.folder / ".env", SOMEBODY, SOMEBODY, follow_symlinks=False)
    assert project.cache in built_in(project.start()).parents and not any((tmp_path / "elsewhere").iterdir())


@posix_only
def test_where_no_place_is_ours_alone_the_reason_is_said(project: Project) -> None:
    for place in (project.folder / ".env", project.cache / "big-account"):
        place.mkdir(parents=True)
        place.chmod(0o777)
    assert project.start().refused(str(project.folder / ".env"), str(project.cache), "(others can write there)")
    assert not project.ready()


@posix_only
@pytest.mark.parametrize("planted", [os.symlink, os.link])
def test_a_link_in_the_logs_place_is_not_written_through(project: Project, planted: Any) -> None:
    log, victim = next(built_in(project.start()).glob("*.log")), project.folder.parent / "victim"
    assert mode_of(log) == 0o600
    victim.write_text("mine", "utf-8")
    log.unlink()
    planted(victim, log)
    assert project.start("--repair", "play").game["tiny"] == "1.0"
    assert victim.read_text("utf-8") == "mine" and log.is_file() and not log.is_symlink()


@posix_only
def test_a_link_in_the_building_locks_place_is_not_followed(project: Project) -> None:
    place, victim = built_in(project.start()), project.folder.parent / "victim"
    assert mode_of(place / "building.lock") == 0o600
    (place / "building.lock").unlink()
    (place / "building.lock").symlink_to(victim)
    assert project.cache in built_in(project.start("--repair", "play")).parents and not victim.exists()


def test_repair_rebuilds_what_someone_broke(project: Project) -> None:
    broken = Path(project.start().game["prefix"])
    next(broken.rglob("tiny.py")).unlink()
    assert project.start().code == 1
    repaired = project.start("--repair")
    assert (repaired.code, repaired.out) == (0, "")
    assert project.start("--repair", "play").game["args"] == ["play"]


def test_an_environment_whose_interpreter_is_gone_is_rebuilt(project: Project, tmp_path: Path) -> None:
    project.start()
    project.ready()[0].write_text(str(tmp_path / "no" / "python"), "utf-8")
    outcome = project.start()
    assert outcome.game["tiny"] == "1.0" and "Setup finished" in outcome.err


@pytest.mark.parametrize("tool", TOOLS)
def test_the_users_folder_and_settings_for_other_environments_do_no_harm(project: Project, tmp_path: Path, tool: str) -> None:
    elsewhere, library = tmp_path / "elsewhere", tmp_path / "library"
    for path in (elsewhere / "game" / "__init__.py", elsewhere / "json.py", elsewhere / "venv.py", library / "tiny.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("raise SystemExit('the wrong module')", "utf-8")
    settings = {"PYTHONPATH": str(library), "PIP_TARGET": str(library), "PIP_USER": "1", "VIRTUAL_ENV": str(library)}
    assert project.start(tool=tool, cwd=elsewhere, **settings).game["tiny"] == "1.0"


def test_the_lock_names_all_that_is_needed() -> None:
    """Nothing is resolved at setup, so what a package here asks for must be here too, in a version that it takes."""
    found = {canonicalize_name(d.metadata["Name"]): d for d in metadata.distributions()}
    asked = [Requirement(text) for d in found.values() for text in d.requires or ()]
    needed = [r for r in asked if r.marker is None or r.marker.evaluate({"extra": ""})]
    assert len(needed) > 20
    lacking = [str(r) for r in needed if not (own := found.get(canonicalize_name(r.name))) or own.version not in r.specifier]
    assert not lacking


def older_pythons() -> list[Path]:
    found = [*Path.home().glob(".pyenv/versions/3.*/bin/python")]
    return sorted(path for path in found if 6 <= int(path.parts[-3].split(".")[1]) < 11)


@pytest.mark.parametrize("python", older_pythons() or [pytest.param(None, marks=pytest.mark.skip(reason="no older Python here"))])
def test_an_older_python_gets_one_sentence(project: Project, python: Path) -> None:
    command = [str(python), str(project.folder / "run.py"), "play"]
    ended = subprocess.run(command, env=project.variables(), capture_output=True, check=False)
    assert ended.returncode == 1 and len(ended.stderr.splitlines()) == 1
    assert b"needs Python 3.11 or newer, this is 3." in ended.stderr


@pytest.mark.parametrize(
    ("words", "settings", "start"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "程序文件不完整"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "The program is incomplete"),
        ([], {"LANG": "de_DE.UTF-8"}, "The program is incomplete"),
        (["--lang", "zh"], {}, "程序文件不完整"),
        (["play", "--lang=en"], {"LANGUAGE": "zh"}, "The program is incomplete"),
        ([], {"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"}, "The program is incomplete"),
    ],
)
@posix_only
def test_messages_speak_the_users_language_as_far_as_the_console_can(
    project: Project, words: list[str], settings: dict[str, str], start: str
) -> None:
    project.lock.unlink()
    outcome = project.start(*words, **settings)
    assert outcome.refused("requirements.lock") and outcome.err.startswith(start)


@pytest.mark.parametrize("tool", TOOLS)
def test_an_ascii_machine_never_stops_a_first_start(project: Project, tool: str) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    outcome = project.start("--lang", "zh", tool=tool, **ascii_only)
    assert outcome.game["tiny"] == "1.0" and outcome.err.isascii()


def test_without_its_texts_it_still_says_what_is_wrong(project: Project) -> None:
    project.lock.unlink()
    (project.folder / "assets" / "text" / "run.json").write_text("{", "utf-8")
    assert project.start().refused("run.py: lock missing, name requirements.lock")


def test_both_languages_say_the_same_things_and_run_py_says_no_others() -> None:
    texts = json.loads((ROOT / "assets" / "text" / "run.json").read_text("utf-8"))
    fields = {tongue: {key: set(re.findall(r"\{\w+\}", text)) for key, text in texts[tongue].items()} for tongue in ("zh", "en")}
    assert fields["zh"] == fields["en"]
    quoted = set(re.findall(r'"([a-z_]+)"', (ROOT / "run.py").read_text("utf-8")))
    assert not set(fields["en"]) - quoted
