"""``concord eval``: what is measured, what is told, and what bad files get."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from concord import main
from indexer import SearchRequest
from indexer.evaluate import evaluate
from indexer.judged import JudgedFiles
from tests.indexer.support import Workspace

DOCUMENTS = (
    {"_id": "treaty", "title": "Extradition treaty", "text": "The ministers signed a treaty on extradition."},
    {"_id": "trade", "title": "Trade talks", "text": "The ministers spoke of trade.\n\nThe treaty was mentioned."},
    {"_id": "port", "title": "A new port", "text": "The port opened to ships from abroad."},
)
QUERIES = ({"_id": "1", "text": "extradition treaty"}, {"_id": "2", "text": "port"})
QRELS = (("1", "treaty", 1), ("2", "port", 1))


@dataclass(frozen=True)
class Folder:
    """Where the files of a small test collection are written."""

    path: Path

    def files(self, documents: Any = DOCUMENTS, queries: Any = QUERIES, qrels: Any = QRELS) -> JudgedFiles:
        rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in qrels)]
        return JudgedFiles(
            self.write("corpus.jsonl", lines(documents)),
            self.write("queries.jsonl", lines(queries)),
            self.write("qrels.tsv", "\n".join(rows)),
        )

    def write(self, name: str, text: str) -> Path:
        (self.path / name).write_text(text, "utf-8")
        return self.path / name


def lines(records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def concord_eval(files: JudgedFiles, *options: str) -> Result:
    arguments = ["--corpus", str(files.corpus), "--queries", str(files.queries), "--qrels", str(files.qrels)]
    return CliRunner().invoke(main, ["eval", *arguments, *options])


def failure(files: JudgedFiles) -> str:
    """The one line of an error that the user can act on."""
    result = concord_eval(files)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr.splitlines()[-1]


def test_json_has_the_promised_keys(folder: Folder):
    found = json.loads(concord_eval(folder.files(), "--json").stdout)
    assert list(found)[:6] == ["ndcg@10", "recall@100", "map", "mrr@10", "queries", "took_s"]


def test_what_comes_first_everywhere_scores_one(folder: Folder):
    found = json.loads(concord_eval(folder.files(), "--json").stdout)
    assert [found[name] for name in ("ndcg@10", "recall@100", "map", "mrr@10", "queries")] == [1, 1, 1, 1, 2]


def test_the_figures_are_printed_for_people(folder: Folder):
    output = concord_eval(folder.files()).stdout
    assert output.startswith("ndcg@10     1.0000\nrecall@100  1.0000\nmap         1.0000\nmrr@10      1.0000\n")
    assert "2 queries, 3 documents" in output


def test_measures_are_means_over_the_queries(folder: Folder):
    found = evaluate(folder.files(qrels=[("1", "treaty", 1), ("2", "trade", 1)]))
    assert (found.reciprocal_rank, found.recall) == (0.5, 0.5)


def test_queries_are_read_as_they_are_typed_in_a_search(folder: Folder):
    found = evaluate(folder.files(queries=[{"_id": "1", "text": '"treaty extradition"'}], qrels=[("1", "treaty", 1)]))
    assert found.recall == 0


def test_the_ranking_is_that_of_the_search(shared: Workspace, collection: Any):
    for query in ("extradition treaty", "trade -ports", "the president spoke of trade and treaties"):
        request = SearchRequest(query, limit=100, fold=False)
        hits = collection.search(request).hits
        assert collection.ranking(request) == tuple((hit.id, hit.score) for hit in hits)


def test_compressed_files_are_read(folder: Folder):
    files = folder.files()
    packed = [path.with_name(path.name + ".gz") for path in (files.corpus, files.queries, files.qrels)]
    for path, to in zip((files.corpus, files.queries, files.qrels), packed, strict=True):
        to.write_bytes(gzip.compress(path.read_bytes()))
    assert evaluate(JudgedFiles(*packed)).ndcg == 1


@pytest.mark.parametrize("start", ["", "\ufeff", "query-id\tcorpus-id\tscore\n", "query\tdocument\tgrade\n"])
def test_no_judgment_is_lost_with_a_header_or_without(folder: Folder, start: str):
    files = folder.files()
    folder.write("qrels.tsv", f"{start}1\ttreaty\t1\n2\tport\t1\n")
    assert evaluate(files).queries == 2


def test_a_first_line_with_a_grade_that_is_not_whole_is_no_header(folder: Folder):
    files = folder.files()
    folder.write("qrels.tsv", "1\ttreaty\t1.5\n2\tport\t1\n")
    assert failure(files).startswith(f"concord: {files.qrels}:1: not a judgment: ")


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ([("1", "treaty", 0)], "1 pair is judged again: the last judgment counts"),
        (
            [("1", "treaty", 0), ("2", "port", 1)],
            "2 pairs are judged again from this line on: the last judgment counts",
        ),
    ],
)
def test_a_pair_that_is_judged_twice_is_told_with_its_line(folder: Folder, more: Any, note: str):
    files = folder.files(qrels=[*QRELS, *more])
    assert f"{files.qrels}:4: {note}" in evaluate(files).notes


def test_of_a_pair_that_is_judged_twice_the_last_judgment_counts(folder: Folder):
    assert evaluate(folder.files(qrels=[*QRELS, ("1", "treaty", 0)])).queries == 1


def test_documents_in_no_known_language_are_told(folder: Folder):
    text = "The ministers of the two countries signed the treaty, and they said that it will be in force in a year."
    documents = [*DOCUMENTS, {"_id": "long", "title": "A treaty on extradition was signed", "text": text}]
    note = "3 of 4 documents are in no language that could be told: their words are found in the form typed only"
    assert note in evaluate(folder.files(documents)).notes


def test_ids_may_be_numbers(folder: Folder):
    documents = [{"_id": 7, "title": "Extradition treaty", "text": "Signed."}]
    files = folder.files(documents, [{"_id": 1, "text": "extradition"}], [(1, 7, 1)])
    assert evaluate(files).ndcg == 1


def test_a_title_may_be_missing(folder: Folder):
    documents = [{"_id": "treaty", "text": "The ministers signed a treaty on extradition."}]
    assert evaluate(folder.files(documents, QUERIES[:1], QRELS[:1])).ndcg == 1


def test_unjudged_queries_are_left_out_and_told(folder: Folder):
    result = concord_eval(folder.files(qrels=[("1", "treaty", 1), ("2", "port", 0)]))
    assert "note: 1 query without a relevant document in the judgments: left out\n" in result.stderr
    assert "1 query, 3 documents" in result.stdout


def test_judgments_of_unknown_queries_are_told(folder: Folder):
    found = evaluate(folder.files(qrels=[*QRELS, ("3", "port", 1), ("4", "port", 1)]))
    assert "2 queries in the judgments but not in the file of queries: left out" in found.notes


def test_relevant_documents_that_are_absent_count_as_not_found_and_are_told(folder: Folder):
    found = evaluate(folder.files(qrels=[*QRELS, ("1", "lost", 1)]))
    assert "1 relevant document not in the corpus, or without words: it counts as not found" in found.notes
    assert found.recall == 0.75


def test_a_document_without_words_is_passed_over(folder: Folder):
    assert evaluate(folder.files([*DOCUMENTS, {"_id": "empty", "title": "", "text": " "}])).documents == 3


@pytest.mark.parametrize("name", ["corpus", "queries", "qrels"])
def test_a_missing_file_is_named(folder: Folder, name: str):
    files = folder.files()
    getattr(files, name).unlink()
    assert failure(files) == f"concord: {getattr(files, name)}: can't be read: No such file or directory"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"_id": "x"', "not JSON: Expecting ',' delimiter at character 12"),
        ("[]", 'not a JSON object: write {"_id": …, "text": …, "title": …} on each line'),
        ('{"_id": "x", "title": "y"}', 'no "text": write {"_id": …, "text": …, "title": …} on each line'),
        ('{"_id": null, "text": "y"}', 'no "_id": write '),
    ],
)
def test_a_bad_line_of_the_corpus_is_named(folder: Folder, line: str, reason: str):
    files = folder.files()
    folder.write("corpus.jsonl", f"{lines(DOCUMENTS[:2])}{line}\n")
    assert failure(files).startswith(f"concord: {files.corpus}:3: {reason}")


def test_a_bad_line_of_the_queries_is_named(folder: Folder):
    files = folder.files()
    folder.write("queries.jsonl", '{"_id": "1", "query": "treaty"}\n')
    assert failure(files) == f'concord: {files.queries}:1: no "text": write {{"_id": …, "text": …}} on each line'


@pytest.mark.parametrize("line", ["1 0 treaty 1", "1\ttreaty\tyes", "1\ttreaty"])
def test_a_bad_line_of_the_judgments_is_named(folder: Folder, line: str):
    files = folder.files()
    folder.write("qrels.tsv", f"query-id\tcorpus-id\tscore\n{line}\n")
    assert failure(files).startswith(f"concord: {files.qrels}:2: not a judgment: write a query's id, ")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"documents": [*DOCUMENTS, DOCUMENTS[0]]}, 'the document "treaty" stands twice'),
        ({"queries": [*QUERIES, QUERIES[0]]}, 'the query "1" stands twice'),
        ({"documents": []}, "no documents"),
        ({"queries": []}, "says of none of the 0 queries"),
        ({"qrels": []}, "says of none of the 2 queries"),
        ({"qrels": [("1", "lost", 1)]}, "no document that it calls relevant is in"),
    ],
)
def test_collections_that_nothing_can_be_measured_on_are_refused(folder: Folder, changes: Any, reason: str):
    assert reason in failure(folder.files(**changes))
