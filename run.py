"""Start the game on a machine that has only Python: build its environment once, then hand over to it.

    python run.py ARGS...             any command, with the packages of requirements.lock
    python run.py test ARGS...        the game's own tests, with the packages of requirements-test.lock
    python run.py --repair [ARGS...]  build the environment afresh first
Down to the version check this must run on Python 3.6, below it still parse there. Slow modules are imported where used.
"""

import contextlib
import hashlib
import io
import os
import re
import shutil
import sys
import sysconfig
import time
from errno import ENOSPC, EPERM
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
ON_TERMINAL = bool(sys.stderr and sys.stderr.isatty())


def language() -> str:  # Python 2 stops here and shows this line: this program needs Python 3.11 or newer
    """What --lang asks for, else what the machine speaks: Chinese unless it clearly says otherwise, as in game.i18n."""
    asked = re.search("=--lang=(zh|en)=", "=".join(sys.argv) + "=")
    if asked: return asked.group(1)
    if sys.platform == "win32":
        import ctypes
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"  # 4 is any Chinese
    told = [os.environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)]
    return "zh" if not told or re.match(r"zh|(c|posix)?(\.|$)", told[0].lower()) else "en"


def sentence(key: str, **facts: object) -> str:
    """A message for the user: English where the console cannot show Chinese, its bare key where the texts are gone."""
    import json
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    try:
        texts = json.loads((ROOT / "assets" / "text" / "run.json").read_text("utf-8"))
        local = texts[language()][key]
        shown = local.encode(encoding, "replace").decode(encoding) == local
        return str((local if shown else texts["en"][key]).format(**facts))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return "run.py: " + ", ".join([key.replace("_", " ")] + [name + " " + str(facts[name]) for name in sorted(facts)])


def say(key: str, **facts: object) -> None:
    """On a terminal the spaces wipe a line of progress that stood here."""
    print(sentence(key, **facts).ljust(60 if ON_TERMINAL else 0), file=sys.stderr, flush=True)


if sys.version_info < OLDEST:
    sys.exit(sentence("old_python", needed=".".join(map(str, OLDEST)), found=".".join(map(str, sys.version_info[:3]))))

WHEELS = ROOT / "wheels"
PYTHON = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"  # in an environment
TOP = Path(sys.base_prefix).anchor  # of the drive with Python: here and above it nobody leaves settings
# Settings made for other environments than the one being built: with them it would land elsewhere or not work.
BREAKING = (
    r"PYTHONPATH|PYTHONHOME|VIRTUAL_ENV|__PYVENV_LAUNCHER__|(PIP|UV)_(TARGET|PREFIX|ROOT|PYTHON.*|SYSTEM_PYTHON|REQUIREMENT"
    r"|CONSTRAINT|OVERRIDE|EDITABLE|DRY_RUN|QUIET|PLATFORM|IMPLEMENTATION|ABI|NO_BINARY|ONLY_BINARY|NO_VERIFY_HASHES|PROJECT"
    r"|WORKING_DIR(ECTORY)?)"
)
# Settings that may name a file or folder from where the user stands.
POINTING = r"(PIP|UV)_(FIND_LINKS|(DEFAULT_|EXTRA_)?INDEX(_URL)?|(CLIENT_)?CERT|CACHE_DIR)|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT"
# What pip or uv say in their last words, in lower case.
WRONG_HASH = r"(?:do not match the hashes.*\n\s*|hash mismatch for [`'\"]?)([\w.-]*\w)"
DISK_FULL = r"no space left|not enough space|disk quota exceeded|errno 28\b|os error (?:28|112)\b"
NO_NETWORK = r"connection|connect error|timed? ?out|name resolution|getaddrinfo|dns error|unreachable|sending request|proxy"


class Trouble(Exception):
    """Something the user must know, as the key of a message and the facts in it."""
    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


def places() -> list[Path]:
    """Where environments may live, best first: in the checkout, else in the cache of a user who has a home."""
    home, told = Path(os.path.expanduser("~")), Path(os.environ.get("XDG_CACHE_HOME", ""))  # noqa: PTH111 - never raises
    cache = told if told.is_absolute() else home / ".cache"
    if sys.platform == "win32": cache = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin": cache = home / "Library" / "Caches"
    return [ROOT / ".env", *([cache / "big-account"] if cache.is_absolute() else [])]


def name_of(lock: Path) -> str:
    """An environment's name: another Python, another kind of machine or another lock is another environment."""
    python = sys.implementation.name + ".".join(map(str, sys.version_info[:3])) + getattr(sys, "abiflags", "")
    return "-".join([python, sysconfig.get_platform(), hashlib.sha256(lock.read_bytes()).hexdigest()[:12]])


def is_ours(folder: Path) -> bool:
    """Whether we own it and the link that it may be, or root does, who can do everything to us anyhow."""
    if sys.platform == "win32": return True  # where users are kept apart by other means
    return {folder.lstat().st_uid, folder.stat().st_uid} <= {0, os.geteuid()}


def is_private(place: Path) -> bool:
    """Whether nobody else can put anything there: it would be run."""
    return is_ours(place) and (sys.platform == "win32" or not place.stat().st_mode & 0o022)


def make_private(place: Path) -> None:
    """What is made here and above is for us alone. A place of ours where our group could write is closed to it, and what is in
    it counts: it came out so because the umask was 002, and the group could write in the checkout as well. A place where
    everybody could write may hold anything by now, and one of somebody else is theirs to change: these are passed over."""
    for folder in reversed([place, *place.parents]):
        if not folder.exists(): folder.mkdir(0o700, exist_ok=True)
    if is_ours(place) and not is_private(place) and not place.stat().st_mode & 0o002: place.chmod(0o755)
    if not is_private(place):
        say("not_private", place=place)
        raise OSError(EPERM, sentence("others_write"))


def is_ready(env: Path) -> bool:
    """Whether it was built to the end and still runs: its marker names the interpreter that it stands on."""
    try:
        return is_private(env.parent) and is_ours(env) and (env / PYTHON).is_file() \
            and Path(os.fsdecode((env / "ready").read_bytes())).is_file()
    except OSError:
        return False


def environment(lock: Path, afresh: bool) -> Path:
    """The ready environment for a lock, else a new one in the first place that has the room and the permission."""
    envs = [place / name_of(lock) for place in places()]
    for env in envs:
        if is_ready(env) and not afresh: return env
    faults = []
    for env in envs:
        try:
            return build_once(env, lock, afresh)
        except OSError as fault:
            faults.append(fault.strerror or str(fault))
    listed = sentence("or").join(str(env.parent) for env in envs)
    raise Trouble("no_place", places=listed, reason=sentence("or").join(dict.fromkeys(faults)))


def build_once(env: Path, lock: Path, afresh: bool) -> Path:
    """Of several starts at once one builds. The system frees its building lock when it ends, however it ends."""
    make_private(env.parent)
    with opened(env.parent / "building.lock") as guard:
        if not taken(guard.fileno()):
            say("waiting")
            while not taken(guard.fileno()): time.sleep(0.1)
        if afresh or not is_ready(env): Build(env, lock, guard.fileno()).work("rebuilding" if afresh else "first_time")
    return env


def opened(path: Path) -> io.BufferedWriter:
    """A file of our own to append to; never what a link in its place leads to."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "ab")


def taken(guard: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt
            msvcrt.locking(guard, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


class Progress:
    """How far building is: one line renewed in place on a terminal, a line for each phase elsewhere."""
    def __init__(self, total: int) -> None:
        import threading
        self.total, self.left, self.seen, self.label = total, total, set[str](), ""
        self.started, self.finished = time.monotonic(), threading.Event()
        if ON_TERMINAL: threading.Thread(target=self.keep_painting, daemon=True).start()

    def phase(self, key: str) -> None:
        self.left, self.seen, self.label = self.total, set(), sentence(key)
        if not ON_TERMINAL: say(key)

    def heard(self, line: str) -> None:
        """Learn from a line of pip's or uv's what is being done."""
        package = re.match(r"(?:Collecting |Processing (?:[^(]*[\\/])?)([\w.-]+?)(?:==|-\d|\s)", line)
        if package:
            self.seen.add(package[1])
            self.label = f"[{len(self.seen)}/{self.left}] {package[1]}"
        if line.startswith("Ignoring "): self.left -= 1  # a package for other systems
        if line.startswith(("Installing collected", "Prepared ")): self.phase("installing")

    def keep_painting(self) -> None:
        while not self.finished.wait(0.2):  # fifty columns leave room for wide characters
            print(f"{self.label}  {time.monotonic() - self.started:.0f} s".ljust(50), end="\r", file=sys.stderr, flush=True)


class Build:
    """The making of one environment, under the building lock."""
    def __init__(self, env: Path, lock: Path, guard: int) -> None:
        self.env, self.lock, self.guard, self.log = env, lock, guard, env.parent / (env.name + ".log")
        self.progress = Progress(lock.read_text("utf-8").count("=="))

    def work(self, greeting: str) -> None:
        """Build it, and only then mark it as ready, in one step."""
        try:
            self.log.unlink(missing_ok=True)  # not emptied: it may be a link to something that is needed
            say(greeting)
            self.install()
            (self.env / "ready.new").write_bytes(os.fsencode(getattr(sys, "_base_executable", sys.executable)))
            (self.env / "ready.new").replace(self.env / "ready")
        except OSError:
            self.clear()  # a full disk needs the room
            raise
        finally:
            self.progress.finished.set()
        say("done", seconds=round(time.monotonic() - self.progress.started))

    def clear(self) -> None:
        """Remove what an earlier attempt left, its marker first: half an environment must never pass for one."""
        (self.env / "ready").unlink(missing_ok=True)
        if self.env.exists(): shutil.rmtree(self.env)

    def install(self) -> None:
        """With uv where there is one, else or failing that with pip. Nothing in the user's folder may pass for uv or, as Python
        runs isolated (-I), for a module."""
        uv, python, isolated = shutil.which("uv") or "", str(self.env / PYTHON), ["-I", "-X", "utf8", "-m"]
        try:
            if Path(uv).is_absolute():
                self.fill([uv, "venv", "--no-project", "--python", sys.executable],
                          [uv, "pip", "install", "--python", python, "--compile-bytecode"])
                return
        except (Trouble, OSError) as trouble:
            self.recovered(trouble, "without_uv")
        self.fill([sys.executable, *isolated, "venv"], [python, *isolated, "pip", "install", "--no-input", "--no-compile"])
        # As pip would, but on all processors at once; a package may hold files for another Python, which do not compile.
        with contextlib.suppress(Trouble): self.run([python, *isolated, "compileall", "-q", "-j", "0", str(self.env)])

    def fill(self, make: list[str], install: list[str]) -> None:
        """Take the packages from the folder that came with the game if it has them all, else from the network."""
        self.clear()
        self.progress.phase("making")
        try:
            self.run([*make, str(self.env)])
        except Trouble as trouble:
            raise Trouble("no_pip", log=self.log) from trouble
        # The lock names everything, so nothing is resolved: older pips look for a newer release where an extra is asked for.
        install = [*install, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(self.lock)]
        self.progress.phase("fetching")
        try:
            if WHEELS.is_dir(): return self.run([*install, "--no-index", "--find-links", str(WHEELS)])
        except Trouble as trouble:
            self.recovered(trouble, "wheels_lacking")
            self.progress.phase("fetching")
        return self.run(install)

    def recovered(self, trouble: Exception, key: str) -> None:
        """Say that there is another way to go on; after a wrong hash there is none."""
        if isinstance(trouble, Trouble) and trouble.key == "wrong_hash": raise trouble
        say(key)

    def run(self, command: list[str]) -> None:
        """Run a tool, its words into the log, at the top of the drive: what lies in the user's folder must not say where packages
        come from. It shares the building lock: should this process be killed, the next start waits until it, too, has ended."""
        from subprocess import DEVNULL, PIPE, STDOUT, Popen
        shared, words = () if sys.platform == "win32" else (self.guard,), [""]
        with opened(self.log) as log, Popen(command, cwd=TOP, env=tool_variables(), stdin=DEVNULL, stdout=PIPE, stderr=STDOUT,
                                            pass_fds=shared) as tool:
            try:
                for line in tool.stdout or ():
                    log.write(line)
                    words.append(line.decode("utf-8", "replace"))
                    self.progress.heard(words[-1])
                tool.wait()
            finally:
                tool.kill()  # where this process was stopped; a tool that has ended is left alone
        if tool.returncode: raise self.failure("".join(words).lower())

    def failure(self, words: str) -> Exception:
        """What a tool's last words mean for the user. Not every tool says that the disk is full."""
        wrong, free, scarce = re.search(WRONG_HASH, words), shutil.disk_usage(self.log.parent).free, 2**24
        if wrong: return Trouble("wrong_hash", package=wrong[1], log=self.log)
        if re.search(DISK_FULL, words) or free < scarce: return OSError(ENOSPC, os.strerror(ENOSPC))
        if re.search(NO_NETWORK, words): return Trouble("no_network", wheels=WHEELS, log=self.log)
        return Trouble("install_failed", log=self.log)


def child_variables() -> dict[str, str]:
    """The environment variables without those that break a child."""
    return {name: value for name, value in os.environ.items() if not re.fullmatch(BREAKING, name)}


def tool_variables() -> dict[str, str]:
    """Those for pip and uv. A user's settings count, but not a file that they name from wherever the user stands. uv does not
    read pip's settings, but a user who told pip where packages come from has told us."""
    kept = {name: from_here(value) if re.fullmatch(POINTING, name) else value for name, value in child_variables().items()}
    for name in ("PIP_CONFIG_FILE", "UV_CONFIG_FILE"):
        if kept.get(name) != os.devnull and not Path(kept.get(name, "")).is_absolute(): kept.pop(name, None)
    names = {"INDEX_URL": "UV_INDEX_URL", "EXTRA_INDEX_URL": "UV_EXTRA_INDEX_URL", "FIND_LINKS": "UV_FIND_LINKS",
             "NO_INDEX": "UV_OFFLINE", "CERT": "SSL_CERT_FILE"}
    told = {in_uv: kept["PIP_" + in_pip] for in_pip, in_uv in names.items() if "PIP_" + in_pip in kept}
    if "UV_FIND_LINKS" in told: told["UV_FIND_LINKS"] = told["UV_FIND_LINKS"].replace(" ", ",")
    return {**told, **kept, "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def from_here(setting: str) -> str:
    """Paths as somebody elsewhere has to name them."""
    def absolute(part: re.Match[str]) -> str:
        return os.path.abspath(part[0]) if os.path.exists(part[0]) else part[0]  # noqa: PTH100, PTH110 - a Path may raise
    return re.sub(r"[^\s,]+", absolute, setting)


def hand_over(python: Path, words: list[str]) -> int:
    """Become the game; on Windows wait for it, whose Ctrl-C is its own. -P keeps the user's folder off the import path."""
    command = [str(python), "-X", "utf8", "-P", "-m", "game.cli", *words]
    variables = {**child_variables(), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    try:
        if sys.platform != "win32": os.execve(command[0], command, variables)
        import signal
        import subprocess
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return subprocess.call(command, env=variables)
    except OSError as fault:
        raise Trouble("will_not_start", reason=fault.strerror or fault) from fault


def lock_for(words: list[str]) -> Path:
    """The tests need more packages than the game. The verb is the first word, but for a leading --lang."""
    verb = words[2:3] if words[:1] == ["--lang"] else [word for word in words[:2] if not word.startswith("--lang=")][:1]
    lock = ROOT / ("requirements-test.lock" if verb == ["test"] else "requirements.lock")
    if not os.access(lock, os.R_OK): raise Trouble("lock_missing", name=lock.name)
    return lock


def main(words: list[str]) -> int:
    """--repair alone rebuilds and ends; with a command behind it, it goes on to that."""
    afresh = words[:1] == ["--repair"]
    words = words[1:] if afresh else words
    try:
        env = environment(lock_for(words), afresh)
        return 0 if afresh and not words else hand_over(env / PYTHON, words)
    except Trouble as trouble:
        say(trouble.key, **trouble.facts)
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
