"""The key under which a name is kept and looked for: no case, no accents, no punctuation."""

import unicodedata

# Letters that Unicode does not take apart, and letters that keyboards of one script exchange.
_ALIKE = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ħ": "h", "ŋ": "n", "ə": "e", "ی": "ي", "ک": "ك", "ة": "ه", "ى": "ي", "ـ": None,
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None, "´": None, ".": " ",
    }
)  # fmt: skip
# The two halves of a flag are regional letters; a flag's key is its own, for `in` is no India.
_FLAG_A, _FLAG_Z = 0x1F1E6, 0x1F1FF
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def key_of(name: str) -> str:
    """`St. Louis` and `saint louis` have one key; so have `Zürich` and `zurich`."""
    if name and all(_FLAG_A <= ord(letter) <= _FLAG_Z for letter in name.strip()):
        return "flag " + "".join(chr(ord(letter) - _FLAG_A + ord("a")) for letter in name.strip())
    even = unicodedata.normalize("NFKD", name.casefold().translate(_ALIKE)).casefold()
    kept = (letter if _belongs(letter) else " " for letter in even if not _is_mark(letter))
    words = "".join(kept).translate(_ALIKE).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _belongs(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) == "Mc"


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")
