"""What a host copies says the same as the contract of exit codes, users and health."""

import shutil
import subprocess

import pytest

from tests.house import ROOT

DEPLOY = ROOT / "deploy"


def lines(name: str) -> list[str]:
    return (DEPLOY / name).read_text(encoding="utf-8").splitlines()


def test_the_unit_starts_again_but_not_for_a_wrong_setting() -> None:
    unit = lines("leg-strength-coach.service")

    assert "Restart=always" in unit
    assert "RestartPreventExitStatus=2" in unit
    assert "User=coach" in unit


def test_systemd_finds_no_fault_in_the_unit() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    command = ["systemd-analyze", "verify", str(DEPLOY / "leg-strength-coach.service")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr  # noqa: S603  (our own file)
    faults = [line for line in said.splitlines() if "leg-strength-coach" in line]

    assert [line for line in faults if "is not executable" not in line] == []


def test_the_image_runs_as_nobody_in_particular_with_pinned_packages_and_a_health_check() -> None:
    image = lines("Dockerfile")
    last = image[max(place for place, line in enumerate(image) if line.startswith("FROM")) :]

    assert "USER coach" in last
    assert any(line.startswith("HEALTHCHECK") for line in last)
    assert any("--require-hashes" in line for line in image)
    for kind in ("ENTRYPOINT", "    CMD"):  # with an .env whose PORT is empty, both mean 8080
        assert any(line.startswith(kind) and "8080" in line for line in last)
    for line in image:
        for source in line.split()[1:-1] if line.startswith("COPY ") else []:
            assert source.startswith(("-", "/")) or (ROOT / source).exists()
