"""Documents and queries for comparing the engine with the reference: few words, so that they meet often."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from crawler import DateBasis, Document, PublicationDate
from indexer.engines.protocol import Filters, LabelledDocument
from indexer.engines.whoosh import WhooshWriter
from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Either,
    Element,
    Everything,
    Exact,
    FieldIs,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Wildcard,
    Window,
    Word,
)

SPEECHES = Path(__file__).parents[2] / "seeds" / "un-general-debate" / "speeches-2000-2015.jsonl.gz"
NOW = datetime(2024, 1, 1, tzinfo=UTC)
ENGLISH = "the of treaty treaties extradited extradition extraditing police crimes crime China's state states"
SPANISH = "el de tratado tratados extradición cooperación cooperacion policía la crímenes estado"
VOCABULARY = {
    "en": ENGLISH.split(" "),
    "es": SPANISH.split(" "),
    "zh": ["引渡", "条约", "引渡条约", "合作", "的", "警察", "extradition", "2008"],
    None: ["treaty", "treaties", "tratado", "Extradition", "条约", "crime", "état", "l'état", "police"],
}
DOMAINS = ("judicial", "judicial/extradition", "culture", "economy/trade")


def synthetic(chance: random.Random, id: str) -> LabelledDocument:
    """A short document of few different words, so that queries meet them often; one in four mixes two languages."""
    language = chance.choice([*VOCABULARY])
    other = chance.choice([*VOCABULARY]) if chance.random() < 0.3 else language
    parts = [
        (" ".join(chance.choices(VOCABULARY[each], k=length)), each or "und")
        for each, length in ((language, chance.randint(0, 20)), (other, chance.randint(2, 20)))
        if length
    ]
    published = chance.choice([None, "2007", "2008", "2008-11", "2008-11-05", "2009-01-31", "2010-12"])
    domains = frozenset(chance.sample(DOMAINS, chance.randint(0, 2)))
    return LabelledDocument(
        Document(
            id=id,
            source=chance.choice(["mfa", "xinhua", "blog"]),
            url=chance.choice([None, f"https://Mfa.example/{id}", f"https://blog.example/2008/{id}.html"]),
            title=" ".join(chance.choices(VOCABULARY[language], k=chance.randint(1, 5))),
            paragraphs=tuple(text for text, _ in parts),
            date=PublicationDate.parse(published, DateBasis.GIVEN) if published else None,
            language=language,
            version=1,
            captured_at=NOW,
        ),
        (),
        domains | {domain.split("/")[0] for domain in domains},
        tuple(each for _, each in parts) if other != language else (),
    )


def real() -> Iterator[LabelledDocument]:
    """The first paragraphs of real speeches."""
    with gzip.open(SPEECHES, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(20), lines, strict=False):
            record = json.loads(line)
            paragraphs = tuple(record["text"].split("\n\n")[1:3])
            published = PublicationDate.parse(record["date"])
            yield LabelledDocument(
                Document(record["id"], "un", None, record["title"], paragraphs, published, "en", 1, NOW),
                (),
                frozenset(),
            )


def written(folder: Path, batches: list[list[LabelledDocument]]) -> dict[str, LabelledDocument]:
    """Index the batches one after the other; what is left of them in the end."""
    left: dict[str, LabelledDocument] = {}
    for number, batch in enumerate(batches):
        writer = WhooshWriter(folder, update=number > 0)
        for entry in batch:
            writer.add(entry)
            left[entry.document.id] = entry
        writer.commit()
    return left


WORDS = [
    "treaty",
    "extradite",
    "extradition",
    "police",
    "crime",
    "of",
    "the",
    "tratado",
    "cooperacion",
    "引",
    "条",
    "的",
]
ROWS = ["引渡", "条约", "引渡条约", "渡条", "引渡法"]
FORMS = [*WORDS, "treaties", "china's", "extradited", "state", "estado", "2008", "united", "nations", "absent"]
SPELT = ["treaty", "extradition", "police", "of", "the", "tratado"]
PATTERNS = ["extradit*", "*ion", "*r*t*", "tr?at*", "??", "stat?", "引*", "zzz*", "c*'s", "*"]


def typed(chance: random.Random, kind: type[Word | Exact], words: list[str]) -> Word | Exact:
    """A word, some with the accents that it was typed with."""
    word = chance.choice(words)
    accented = {"cooperacion": "cooperación", "tratado": "tratádo"}.get(word, "")
    return kind(word, accented=accented if chance.random() < 0.7 else "")


def simple(chance: random.Random) -> Element:
    match chance.randrange(5):
        case 0 | 1:
            return typed(chance, Word, WORDS)
        case 2:
            return typed(chance, Exact, FORMS)
        case 3:
            return Wildcard(chance.choice(PATTERNS[:-1]))
        case _:
            return Fuzzy(
                chance.choice(["extradtion", "tretay", "plice", "stat", "trtdo", "crmie"]), chance.choice([1, 2])
            )


def element(chance: random.Random) -> Element:
    match chance.randrange(8):
        case 7:
            row = Word(chance.choice(ROWS))
            near = Near(row, simple(chance), chance.randint(1, 6))
            return chance.choice([row, row, Phrase((row, simple(chance))), Phrase((simple(chance), row)), near])
        case 6:
            first, second, glued = (Word(word) for word in chance.sample(SPELT, 3))
            return Either(chance.choice([(Phrase((first, second)), glued), (glued, Phrase((first, second)))]))
        case 0:
            return Phrase(tuple(simple(chance) for _ in range(chance.choice([2, 2, 3]))))
        case 1:
            return Window(tuple(simple(chance) for _ in range(chance.choice([2, 2, 3]))), chance.randint(1, 6))
        case 2:
            left = Phrase((simple(chance), simple(chance))) if chance.random() < 0.3 else simple(chance)
            return Near(left, simple(chance), chance.randint(1, 6))
        case _:
            return simple(chance)


def condition(chance: random.Random) -> Node:
    fields = [
        *(FieldIs("source", value) for value in ("mfa", "un", "nowhere")),
        *(FieldIs("domain", value) for value in ("judicial", "economy", "economy/trade")),
        *(FieldIs("lang", value) for value in ("en", "es", "und")),
        *(FieldIs("url", value) for value in ("MFA.example", "https://*.html", "2008/*")),
        DateWithin(date(2008, 1, 1), date(2008, 12, 31)),
        DateWithin(date(2008, 11, 6), None),
        DateWithin(None, date(2008, 11, 5)),
        DateUnknown(),
        Everything(),
    ]
    return chance.choice(fields)


def tree(chance: random.Random, depth: int = 3) -> Node:
    kind = chance.randrange(12) if depth else 11
    several = tuple(tree(chance, depth - 1) for _ in range(chance.choice([2, 2, 3]))) if kind < 6 else ()
    match kind:
        case 0 | 1:
            return Or(several)
        case 2:
            return And(several)
        case 3 | 4 | 5:
            return Loose((*several, Word(chance.choice(WORDS)), Word(chance.choice([*WORDS, *ROWS]))))
        case 6:
            return Not(tree(chance, depth - 1))
        case 7:
            return Required(tree(chance, depth - 1))
        case 8:
            return InTitle(tree(chance, depth - 1))
        case 9:
            return condition(chance)
        case _:
            return element(chance)


def some_filters(chance: random.Random) -> Filters:
    since, until = chance.choice([(None, None), (date(2008, 1, 1), None), (None, date(2008, 11, 30))])
    return Filters(
        sources=frozenset(chance.choice([(), (), ("mfa", "un")])),
        domains=frozenset(chance.choice([(), (), (), ("judicial", "culture")])),
        languages=frozenset(chance.choice([(), (), ("en", "zh")])),
        since=since,
        until=until,
    )
