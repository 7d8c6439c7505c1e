"""Everyone who uses the bot: how people come into being and are found again."""

from collections.abc import Iterator

from bot.demo.people import FIRST_ID, Impossible, Person, Street
from bot.demo.world import Account, Chat


class People:
    """Each person has a private chat with the bot from the start, still empty."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._people: dict[int, Person] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def add(
        self,
        first_name: str = "Ann",
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> Person:
        """A new person who has not yet written to the bot."""
        number = user_id or max([*self._people, FIRST_ID - 1]) + 1
        if number in self._people:
            raise Impossible(f"there is a person {number} already")
        user = {"id": number, "is_bot": False, "first_name": first_name}
        user |= {"username": username} if username else {}
        user |= {"language_code": language_code} if language_code else {}
        account = Account(user)
        self._street.world.accounts[number] = account
        self._street.world.chats[number] = Chat(number, "private")
        self._people[number] = Person(self._street, account)
        self._street.world.bell.ring()
        return self._people[number]

    def get(self, user_id: int) -> Person:
        if user_id not in self._people:
            raise Impossible(f"there is no person {user_id}")
        return self._people[user_id]
