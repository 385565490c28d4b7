"""The guard itself: what a test or its children ask of the internet fails that test, however well it is hidden."""

import os
import subprocess
import sys
from pathlib import Path

from tests.egress import python_path

ROOT = Path(__file__).parent.parent

# 192.0.2.0/24 and .example are nobody's (RFC 5737, RFC 2606): unguarded, these would time out or find no name.
PLANTED = {
    "connects": "import socket\nsocket.create_connection(('192.0.2.1', 9), 0.1)",
    "connects_quietly": "import socket\ns = socket.socket()\ns.setblocking(False)\n"
    "try:\n    s.connect_ex(('192.0.2.1', 9))\nexcept OSError:\n    pass",
    "over_ipv6": "import socket\ns = socket.socket(socket.AF_INET6)\n"
    "try:\n    s.connect(('2001:db8::1', 9))\nexcept OSError:\n    pass",
    "sends": "import socket\ntry:\n    socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))\n"
    "except OSError:\n    pass",
    "looks_up": "import socket\ntry:\n    socket.getaddrinfo('list.portal.example', 443)\nexcept OSError:\n    pass",
    "in_a_thread": "import socket, threading\n"
    "t = threading.Thread(target=lambda: socket.socket().connect_ex(('192.0.2.1', 9)))\n"
    "import sys\nthreading.excepthook = lambda _: None\nt.start()\nt.join()",
}
CHILD = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {!r}], stderr=subprocess.DEVNULL)"
PLANTED |= {
    "in_a_child": CHILD.format(PLANTED["looks_up"]),
    "in_a_grandchild": CHILD.format(CHILD.format(PLANTED["connects_quietly"])),
}
HARMLESS = {
    "on_loopback": "import socket\nwith socket.create_server(('127.0.0.1', 0)) as s:\n"
    "    socket.create_connection(s.getsockname()).close()\nsocket.getaddrinfo('localhost', 80)",
    "an_address_is_no_question": "import socket\nsocket.getaddrinfo('10.1.2.3', 80)",
    "a_name_that_nobody_has": "import socket\ntry:\n    socket.gethostbyname('portal.invalid')\n"
    "except socket.gaierror:\n    pass",
}


def test_whatever_leaves_the_machine_fails_its_own_test(tmp_path: Path) -> None:
    """Each planted connection or look-up fails the test that it stands in, and no other."""
    lines = "".join(
        f"def test_{name}():\n" + "".join(f"    {line}\n" for line in body.split("\n"))
        for name, body in (PLANTED | HARMLESS).items()
    )
    (tmp_path / "test_planted.py").write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.egress.plugin", "-p", "no:cacheprovider", "-rA", "-q"]
    environment = {**os.environ, "PYTHONPATH": python_path(ROOT)}
    done = subprocess.run(
        [*command, str(tmp_path)], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    told = {
        line.split("::")[1].split(" ")[0]: line.split(" ")[0] for line in done.stdout.splitlines() if "::test_" in line
    }
    wanted = dict.fromkeys(PLANTED, "FAILED") | dict.fromkeys(HARMLESS, "PASSED")
    assert told == {f"test_{name}": said for name, said in wanted.items()}, done.stdout + done.stderr


def test_every_child_of_a_test_keeps_the_guard() -> None:
    """Whoever gives a child an environment of its own writes it with the guard."""
    for file in (ROOT / "tests").glob("[!b]*/**/*.py"):  # the benchmarks are no tests
        lines = [line for line in file.read_text("utf-8").splitlines() if '"PYTHONPATH":' in line]
        assert all("python_path(" in line for line in lines), (file, lines)
