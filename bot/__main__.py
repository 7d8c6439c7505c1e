"""`python -m bot` and the console script `bot`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
