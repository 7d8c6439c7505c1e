"""What each command of the command line does. Results go to stdout, everything else to stderr."""

from bot.shell.asking import ask
from bot.shell.content import check, show
from bot.shell.host import demo, doctor, migrate, run, stats
from bot.shell.planning import plan

__all__ = ["ask", "check", "demo", "doctor", "migrate", "plan", "run", "show", "stats"]
