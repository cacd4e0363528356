"""Time, requests, connections and memory of a link check, beside linkinator and markdown-link-check.

    python benchmarks/links_benchmark.py [--urls 1000] [--origins 50] [--in-flight 64] [--rounds 3]
        [--programs FOLDER]

Starts a server with many origins (addresses 127.0.0.1, 127.0.0.2, … of the loopback interface), writes a README with
links to them, and runs one program after the other on it, each as a process of its own, for several rounds.  The other
programs are taken from FOLDER/node_modules, else installed with npm into a temporary folder; where that cannot be done
they are left out.  Prints the median round of each; exits with 1 where ours is slower than linkinator with the same
number of requests in flight, or where the polite run takes much longer than its slowest lane.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = b"<html><body>hello</body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
POLITE_INTERVAL = 0.2
POLITE_SLACK = 3.0
"""Seconds that a polite run may take beyond its slowest lane: starting up, and two busy cores."""


@dataclass(frozen=True)
class Round:
    """One run of one program."""

    seconds: float
    cpu: float
    megabytes: float
    requests: int
    connections: int
    output: str


async def serve(origins: int) -> None:
    """Print the ports; then, for every line on standard input, the requests and connections since the line before."""
    requests = connections = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests, connections
        connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                requests += 1
                writer.write(HEAD if head.startswith(b"HEAD") else HEAD + PAGE)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    servers = [await asyncio.start_server(handle, f"127.0.0.{n + 1}", 0, backlog=1024) for n in range(origins)]
    print(json.dumps([server.sockets[0].getsockname()[:2] for server in servers]), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps([requests, connections]), flush=True)
        requests = connections = 0


def check(readme: Path, in_flight: int, *, polite: bool) -> None:
    """What `awesome-lint links` does, with the guard lifted and the paces off if wanted."""
    from awesome_lint.links import Policy, check
    from awesome_lint.markdown import parse
    from awesome_lint.source import Source

    document = parse(Source.from_bytes(readme.read_bytes()))
    policy = Policy(allow_private=True, polite=polite, in_flight=in_flight)
    report = check([link.url for link in document.links], policy)
    counts = sorted({status.verdict for status in report.statuses.values()})
    print(", ".join(f"{verdict} {report.count(verdict)}" for verdict in counts))


def run(command: list[str], server: subprocess.Popen[str]) -> Round:
    """Run *command* and measure it; `os.wait4` tells the peak memory of this process alone, not of its children."""
    count(server)
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0
        output.seek(0)
        lines = output.read().strip().splitlines() or [""]
    requests, connections = count(server)
    cpu = usage.ru_utime + usage.ru_stime
    return Round(seconds, cpu, usage.ru_maxrss / 1024, requests, connections, lines[-1].strip()[:48])


def count(server: subprocess.Popen[str]) -> list[int]:
    assert server.stdin
    assert server.stdout
    server.stdin.write("\n")
    server.stdin.flush()
    found: list[int] = json.loads(server.stdout.readline())
    return found


def others(folder: Path, readme: Path, in_flight: int) -> dict[str, list[str]]:
    """The commands of the programs that lie in *folder*, or that npm could install there."""
    programs = folder / "node_modules" / ".bin"
    if not (programs / "linkinator").exists() and not install(folder):
        print("linkinator and markdown-link-check cannot be installed here; left out", file=sys.stderr)
        return {}
    options = ["--markdown", "--concurrency", str(in_flight), "--verbosity", "error"]
    commands = {
        f"linkinator, {in_flight} in flight": [str(programs / "linkinator"), str(readme), *options],
        "markdown-link-check, 2 in flight": [str(programs / "markdown-link-check"), "--quiet", str(readme)],
    }
    return {name: command for name, command in commands.items() if Path(command[0]).exists()}


def install(folder: Path) -> bool:
    """Put the other programs into *folder*; says whether that worked."""
    npm = shutil.which("npm") or "npm"
    command = ["install", "--no-audit", "--no-fund", "--silent", "linkinator", "markdown-link-check"]
    try:
        return not subprocess.run([npm, *command], cwd=folder, capture_output=True, check=False).returncode
    except OSError:
        return False


def measure(args: argparse.Namespace, folder: Path, server: subprocess.Popen[str]) -> dict[str, Round]:
    assert server.stdout
    places = json.loads(server.stdout.readline())
    readme = folder / "README.md"
    links = (
        f"- [Page {n}](http://{host}:{port}/page/{n})\n"
        for n in range(args.urls)
        for host, port in [places[n % len(places)]]
    )
    readme.write_text("# Links\n\n" + "".join(links))
    ours = [sys.executable, __file__, "--check", str(readme), "--in-flight", str(args.in_flight)]
    commands = {
        f"awesome-lint, {args.in_flight} in flight": ours,
        **others(args.programs or folder, readme, args.in_flight),
    }
    commands["awesome-lint, polite"] = [*ours, "--polite"]
    rounds: dict[str, list[Round]] = {name: [] for name in commands}
    for _ in range(args.rounds):
        for name, command in commands.items():
            rounds[name].append(run(command, server))
    return {name: sorted(runs, key=lambda run: run.seconds)[len(runs) // 2] for name, runs in rounds.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--urls", type=int, default=1000)
    parser.add_argument("--origins", type=int, default=50)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--programs", type=Path, metavar="FOLDER", help="where npm has installed the other programs")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--polite", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        asyncio.run(serve(args.origins))
        return 0
    if args.check:
        check(args.check, args.in_flight, polite=args.polite)
        return 0
    command = [sys.executable, __file__, "--serve", "--origins", str(args.origins)]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            found = measure(args, Path(folder), server)
        finally:
            server.kill()
            server.wait()
    return report(args, found)


def report(args: argparse.Namespace, found: dict[str, Round]) -> int:
    print(f"{args.urls} URLs over {args.origins} origins; the median of {args.rounds} rounds\n")
    print(f"{'program':36} {'wall s':>7} {'CPU s':>6} {'MB':>5} {'requests':>8} {'sockets':>7}  last line of output")
    for name, run in found.items():
        figures = f"{run.seconds:7.2f} {run.cpu:6.2f} {run.megabytes:5.0f} {run.requests:8} {run.connections:7}"
        print(f"{name:36} {figures}  {run.output}")
    ours, polite = found[f"awesome-lint, {args.in_flight} in flight"], found["awesome-lint, polite"]
    other = found.get(f"linkinator, {args.in_flight} in flight")
    slowest = (args.urls // args.origins - 1) * POLITE_INTERVAL
    print(f"\nslowest lane of the polite run: {slowest:.1f} s")
    too_slow = other is not None and ours.seconds > other.seconds
    return int(too_slow or polite.seconds > slowest + POLITE_SLACK)


if __name__ == "__main__":
    sys.exit(main())
