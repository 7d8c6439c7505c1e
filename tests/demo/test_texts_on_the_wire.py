"""Words that the bot sends: their markup, their limits, and Telegram's refusals."""

import pytest

from bot.demo.people import Person
from tests.demo.clients import Wire


async def _send(wire: Wire, ann: Person, html: str) -> dict[str, object]:
    sent = await wire.result("sendMessage", chat_id=ann.id, text=html, parse_mode="HTML")
    return {"text": sent["text"], "entities": sent.get("entities", [])}


async def _refusal(wire: Wire, ann: Person, html: str) -> str:
    return await wire.words("sendMessage", chat_id=ann.id, text=html, parse_mode="HTML")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
async def test_a_tag_becomes_an_entity(wire: Wire, ann: Person, tag: str, kind: str) -> None:
    sent = await _send(wire, ann, f"so <{tag}>well</{tag}> done")

    assert sent == {
        "text": "so well done",
        "entities": [{"type": kind, "offset": 3, "length": 4}],
    }


@pytest.mark.parametrize(
    ("html", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        (
            '<a href="https://example.org/a?b=1&amp;c=2">x</a>',
            {"type": "text_link", "url": "https://example.org/a?b=1&c=2"},
        ),
        ("<a href='example.org'>x</a>", {"type": "text_link", "url": "http://example.org/"}),
        (
            '<pre><code class="language-python">x</code></pre>',
            {"type": "pre", "language": "python"},
        ),
        ('<code class="language-python">x</code>', {"type": "code"}),
        (
            '<tg-time unix="1647531900" format="wDT">x</tg-time>',
            {"type": "date_time", "unix_time": 1647531900, "date_time_format": "wDT"},
        ),
    ],
)
async def test_a_tag_with_attributes_becomes_an_entity(
    wire: Wire, ann: Person, html: str, entity: dict[str, object]
) -> None:
    sent = await _send(wire, ann, html)

    assert sent["entities"] == [{**entity, "offset": 0, "length": 1}]


async def test_offsets_count_utf16_units(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "😀 <b>go</b> é")

    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 2}]


async def test_references_are_decoded_and_unknown_ones_stay(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "&lt;3 &amp; Co &quot;x&quot; &#39;y&#x27; &nbsp; &copy;")

    assert sent["text"] == "<3 & Co \"x\" 'y' &nbsp; &copy;"


async def test_tags_nest(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "<b>all <i>of</i> it</b>")

    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "italic", "offset": 4, "length": 2},
    ]


async def test_nothing_stands_inside_code(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "<code>a <b>b</b></code>")

    assert sent["entities"] == [{"type": "code", "offset": 0, "length": 3}]


async def test_quotations_do_not_nest(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "<blockquote>a <blockquote>b</blockquote> c</blockquote>")

    assert sent["entities"] == [{"type": "blockquote", "offset": 0, "length": 5}]


async def test_a_mention_of_a_known_person_brings_the_person(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, f'<a href="tg://user?id={ann.id}">you</a>')

    assert sent["entities"] == [
        {"type": "text_mention", "user": ann.account.user, "offset": 0, "length": 3}
    ]


async def test_a_mention_of_a_stranger_is_plain_text(wire: Wire, ann: Person) -> None:
    assert (await _send(wire, ann, '<a href="tg://user?id=77">you</a>'))["entities"] == []


async def test_commands_and_addresses_are_found_without_tags(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "try /today or https://example.org, not <code>/this</code>")

    assert sent["entities"] == [
        {"type": "bot_command", "offset": 4, "length": 6},
        {"type": "url", "offset": 14, "length": 19},
        {"type": "code", "offset": 39, "length": 5},
    ]


async def test_white_space_around_a_text_goes(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "\n\n <b> hello </b>\n")

    assert sent == {"text": "hello", "entities": [{"type": "bold", "offset": 0, "length": 5}]}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>x</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b x>y</b>", 'Expected equal sign in declaration of an attribute of the tag "b"'),
        ("<b =y>y</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=x_y>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='a'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
async def test_broken_markup_is_refused_with_its_place(
    wire: Wire, ann: Person, html: str, words: str
) -> None:
    refusal = await _refusal(wire, ann, html)

    assert refusal.startswith(f"Bad Request: can't parse entities: {words}")
    assert not ann.reads()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", "message text is empty"),
        (" \n", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("x" * 40_000, "text is too long"),
    ],
)
async def test_a_text_has_1_to_4096_units_after_parsing(
    wire: Wire, ann: Person, html: str, words: str
) -> None:
    assert await _refusal(wire, ann, html) == f"Bad Request: {words}"


async def test_markup_does_not_count(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, "<b>" + "x" * 4096 + "</b>")

    assert len(str(sent["text"])) == 4096


@pytest.mark.parametrize("mode", ["MarkdownV2", "Markdown", "bbcode"])
async def test_html_is_the_only_markup(wire: Wire, ann: Person, mode: str) -> None:
    words = await wire.words("sendMessage", chat_id=ann.id, text="x", parse_mode=mode)

    assert words == "Bad Request: unsupported parse_mode"


async def test_without_a_mode_markup_is_text(wire: Wire, ann: Person) -> None:
    sent = await wire.result("sendMessage", chat_id=ann.id, text="<b>x")

    assert sent["text"] == "<b>x"


async def test_entities_may_be_given_by_offsets(wire: Wire, ann: Person) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    sent = await wire.result("sendMessage", chat_id=ann.id, text="go", entities=bold)

    assert sent["entities"] == bold


@pytest.mark.parametrize(("offset", "length"), [(5, 1), (0, 9), (0, 0)])
async def test_entities_outside_the_text_are_refused(
    wire: Wire, ann: Person, offset: int, length: int
) -> None:
    bold = [{"type": "bold", "offset": offset, "length": length}]
    words = await wire.words("sendMessage", chat_id=ann.id, text="go", entities=bold)

    assert words.startswith("Bad Request: entity ")


async def test_at_most_a_hundred_entities_are_kept(wire: Wire, ann: Person) -> None:
    sent = await _send(wire, ann, " ".join(f"<b>{n}</b>" for n in range(150)))

    assert isinstance(sent["entities"], list)
    assert len(sent["entities"]) == 100
