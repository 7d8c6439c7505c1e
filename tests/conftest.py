"""Before the workers start: the sentence vectors are computed once, for all of them."""

import pytest
from hypothesis import settings

from tests.browser.chromium import LEFT_OUT, chromium

settings.register_profile("quick", max_examples=10, derandomize=True)
settings.register_profile("soak", max_examples=300)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        from tests.house import shelf

        shelf()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium() is None:
        terminalreporter.write_line(LEFT_OUT.capitalize(), yellow=True)
