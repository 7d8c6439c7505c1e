"""What can go wrong, in words of the domain: one short tree, translated at the border."""


class CoachError(Exception):
    """The root: everything that the program itself raises on purpose."""


class BadInput(CoachError):
    """A person typed what cannot be used; `code` names the sentence that says what would work."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class NotSignedUp(CoachError):
    """A wish that needs a person who has sent /start."""


class AlreadyDone(CoachError):
    """Telegram delivered an update again whose effect is already in the database."""


class SettingWrong(CoachError):
    """A setting or an argument is wrong: one line, exit code 2."""


class NotReady(CoachError):
    """The program cannot go on as things are (schema, disk, database): one line, exit code 1."""


class ContentWrong(CoachError):
    """Content that fails its check; `faults` are lines of `file:line: what, and the remedy`."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
