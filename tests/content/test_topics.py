"""The knowledge base: every claim carried, every topic complete and short enough for a phone."""

import pytest

from bot.domain.knowledge import Knowledge, Passage, PassageKind, Topic
from tests.content.reading import ease

# The topics of the article, and the claims that each carries.
TOPICS = {
    "verdict.overall": "C01 C02 C03 C04 C05 C10 C15 C24 C40 C44 C45 C46",
    "bottom_line.steady_state": "C22 C23",
    "science.muscles.quads": "C06",
    "science.muscles.hamstrings": "C07",
    "science.muscles.glutes": "C08",
    "science.muscles.calves_tibialis": "C09",
    "science.fibre_types": "C11 C12 C13 C14",
    "who.beginners": "C16",
    "who.intermediate": "C17",
    "who.sprinters_trail": "C19 C20 C21",
    "method.hill_sprints": "C25 C26",
    "method.intervals": "C27 C28",
    "method.forefoot_barefoot": "C29 C30",
    "method.drills": "C31 C32",
    "method.weighted_variable": "C18",
    "recovery.protein_rest": "C33 C34",
    "replace_leg_day": "C35 C36 C37",
    "evidence.sprint_hill": "C41",
    "evidence.endurance": "C42",
    "evidence.hybrid": "C38 C39 C43",
}
# Where the article says more than studies show.
OVERCLAIMED = [
    "C14",
    "C18",
    "C20",
    "C21",
    "C25",
    "C26",
    "C30",
    "C31",
    "C32",
    "C36",
    "C41",
    "C42",
    "C43",
    "C44",
]
PLAIN_ENGLISH = 60
# What the article says is told in its own terms, and those are longer.
PASSAGE_AT_LEAST = 45


def _carried(topic: Topic) -> set[str]:
    return {claim for passage in topic.passages.values() for claim in passage.claims}


def _all_passages(knowledge: Knowledge) -> list[Passage]:
    return [passage for topic in knowledge for passage in topic.passages.values()]


def test_the_list_of_this_test_has_all_46_claims_once_and_20_topics() -> None:
    listed = [claim for claims in TOPICS.values() for claim in claims.split()]

    assert sorted(listed) == [f"C{number:02}" for number in range(1, 47)]
    assert len(TOPICS) == 20


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_of_the_article_carries_its_claims(knowledge: Knowledge, topic: str) -> None:
    assert set(TOPICS[topic].split()) <= _carried(knowledge.topics[topic])


@pytest.mark.parametrize("claim", OVERCLAIMED)
def test_where_the_article_claims_too_much_article_and_studies_both_speak(
    knowledge: Knowledge, claim: str
) -> None:
    kinds = {p.kind for p in _all_passages(knowledge) if claim in p.claims}
    (topic,) = (knowledge.topics[t] for t, claims in TOPICS.items() if claim in claims)

    assert PassageKind.STUDIES in kinds or topic.of_kind(PassageKind.STUDIES)
    assert PassageKind.ARTICLE in kinds or topic.of_kind(PassageKind.ARTICLE)


def test_every_topic_has_ten_questions_of_its_own(knowledge: Knowledge) -> None:
    asked = [question.lower() for topic in knowledge for question in topic.questions]

    assert min(len(topic.questions) for topic in knowledge) >= 10
    assert len(set(asked)) == len(asked)


def test_every_topic_has_three_passages_of_at_most_120_words(knowledge: Knowledge) -> None:
    assert min(len(topic.passages) for topic in knowledge) >= 3
    assert [p.id for p in _all_passages(knowledge) if len(p.text.split()) > 125] == []


def test_every_verdict_has_at_most_25_words(knowledge: Knowledge) -> None:
    verdicts = [
        v for topic in knowledge for v in (topic.verdict, *(r.verdict for r in topic.ready))
    ]

    assert [verdict for verdict in verdicts if len(verdict.split()) > 25] == []


def test_what_studies_show_names_a_source_with_an_address(knowledge: Knowledge) -> None:
    for topic in knowledge:
        for passage in topic.passages.values():
            if passage.kind is PassageKind.STUDIES:
                assert passage.sources, passage.id
        assert all(s.link.startswith("https://") for s in topic.sources.values()), topic.id


def test_every_topic_says_what_to_do_next_and_why(knowledge: Knowledge) -> None:
    for topic in knowledge:
        for kind in (PassageKind.WHY, PassageKind.HOW, PassageKind.NEXT):
            assert topic.of_kind(kind), (topic.id, kind)


def test_every_topic_reads_as_plain_english(knowledge: Knowledge) -> None:
    for topic in knowledge:
        words = [topic.verdict, *(p.text for p in topic.passages.values())]

        assert ease(" ".join(words)) >= PLAIN_ENGLISH, topic.id


def test_no_passage_reads_like_a_paper(knowledge: Knowledge) -> None:
    hard = {p.id: round(ease(p.text)) for p in _all_passages(knowledge)}

    assert {name: value for name, value in hard.items() if value < PASSAGE_AT_LEAST} == {}


def test_the_formula_knows_a_plain_sentence_from_a_paper() -> None:
    assert ease("The cat sat on the mat. It was warm.") > 100
    assert ease("Neuromuscular adaptation necessitates progressive physiological overload.") < 10
