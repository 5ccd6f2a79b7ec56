"""`policy-ie`: the command line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import typer

from policy_ie import __version__
from policy_ie.errors import InvalidInput, PolicyIEError

app = typer.Typer(
    help="German press releases of governments and municipalities as typed event records.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)
app.add_typer(kb, name="kb")

_SUFFIXES = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}

ProfileOption = Annotated[str, typer.Option("--profile", help="default (trained base) or rules (no model, fastest).")]
BaseOption = Annotated[str | None, typer.Option("--base", help="Another German spaCy pipeline, by name or path.")]
PublishedOption = Annotated[str | None, typer.Option("--published", help="Date of the release (ISO 8601), where it is known.")]


def main() -> None:
    """Entry point: errors of the library become one line and exit code 2."""
    try:
        app()
    except PolicyIEError as error:
        typer.echo(f"policy-ie: {error}", err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # The reader (head, less) has gone: nothing left to say.
        sys.stderr.close()
        raise SystemExit(1) from None


def _version(value: bool) -> None:
    if value:
        typer.echo(f"policy-ie {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files or folders (.txt .html .jsonl), or - for standard input.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="JSONL file; standard output where not given.")] = None,
    profile: ProfileOption = "default",
    base: BaseOption = None,
    published: PublishedOption = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the files, where it is known.")] = None,
) -> None:
    """Writes one record a line. Ids are the file names without their ending, or the `id` of a JSONL line.

    Exit code 0: all documents gave a record; 1: some failed (listed at the end); 2: nothing could be done.
    """
    from tqdm import tqdm

    from policy_ie.api import Extractor
    from policy_ie.records import PressRelease

    items = list(_items(paths, encoding, published))
    extractor = Extractor(profile=profile, base=base)  # type: ignore[arg-type]
    done, failed, warned = 0, [], Counter[str]()
    with _writer(output) as out:
        results = extractor.extract_many(items)
        for result in tqdm(results, total=len(items), unit="doc", disable=not sys.stderr.isatty()):
            if isinstance(result, PressRelease):
                out.write(result.model_dump_json() + "\n")
                warned.update(w.code for w in result.warnings)
                done += 1
            else:
                failed.append(result)
    for failure in failed:
        typer.echo(f"failed: {failure.id}: {failure.error}: {failure.message}", err=True)
    noted = "".join(f", {n} × {code}" for code, n in sorted(warned.items()))
    typer.echo(f"{done} records, {len(failed)} failed{noted and '; warnings: ' + noted[2:]}", err=True)
    if failed:
        raise typer.Exit(1 if done else 2)


@app.command()
def show(
    path: Annotated[str, typer.Argument(help="A file (.txt .html, or .jsonl for its first line), or - for standard input.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write one self-contained page instead.")] = None,
    profile: ProfileOption = "default",
    base: BaseOption = None,
    published: PublishedOption = None,
) -> None:
    """Shows a release with its mentions, entities and events."""
    from rich.console import Console

    from policy_ie.api import Extractor
    from policy_ie.records import PressRelease
    from policy_ie.report.view import html_page, terminal_view

    item = next(_items([path], None, published), None)
    if item is None:
        raise InvalidInput("there is no document", document=path)
    extractor = Extractor(profile=profile, base=base)  # type: ignore[arg-type]
    record = next(extractor.extract_many([item], errors="raise"))
    assert isinstance(record, PressRelease)  # errors raise
    if html is None:
        Console().print(terminal_view(record))
    else:
        html.write_text(html_page(record), encoding="utf-8")
        typer.echo(f"{html}: {len(record.entities)} entities, {len(record.events)} events", err=True)


@app.command()
def batch(
    sources: Annotated[list[Path], typer.Argument(help="Folders; files .txt .html .pdf .jsonl .csv .parquet .zip, .gz .zst.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the archive.")],
    profile: ProfileOption = "default",
    base: BaseOption = None,
    workers: Annotated[int | None, typer.Option(help="Processes; one per core where not given.")] = None,
    shard: Annotated[str, typer.Option(help="i/n: only every n-th shard, from the i-th on (job arrays).")] = "1/1",
    retry_errors: Annotated[bool, typer.Option("--retry-errors", help="Do the failed documents again.")] = False,
    records: Annotated[bool, typer.Option("--records", help="Write whole records too, as JSONL.")] = False,
    column: Annotated[list[str] | None, typer.Option(help="FIELD=NAME: column of text, html, id, published, source.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text files, where it is known.")] = None,
    shard_size: Annotated[int | None, typer.Option(help="Documents per shard, fixed by the first run (1000).")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds that a document may take.")] = 60.0,
    memory: Annotated[int, typer.Option(help="MB that a worker may take beyond the loaded pipeline.")] = 2000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Extracts an archive into Parquet tables; the same command goes on after an interruption.

    Exit code 0: all documents gave a record; 1: some failed (table `errors`); 2: it could not go on; 130: interrupted.
    """
    from policy_ie import archive

    part = shard.split("/")
    if len(part) != 2 or not all(number.isdecimal() for number in part):
        raise InvalidInput(f"--shard {shard} is not of the form i/n", remedy="1/4")
    columns = {name: value for name, _, value in (pair.partition("=") for pair in column or ())}
    summary = archive.run(
        sources, out, workers=workers, profile=profile, base=base, columns=columns, encoding=encoding,  # type: ignore[arg-type]
        records=records, part=(int(part[0]), int(part[1])), retry_errors=retry_errors, shard_size=shard_size, timeout=timeout,
        memory=memory,
    )  # fmt: skip
    if as_json:
        typer.echo(summary.model_dump_json())
    else:
        rate = f", {summary.processed / summary.seconds:.1f} a second" if summary.processed else ""
        left = f", {summary.left} left" if summary.left else ""
        now = f"this run: {summary.processed}{rate}"
        typer.echo(f"{summary.documents} records, {summary.errors} failed{left} ({now})", err=True)
        for number in summary.damaged:
            typer.echo(f"shard {number} was damaged, and has been made again", err=True)
    if summary.interrupted or summary.errors:
        raise typer.Exit(130 if summary.interrupted else 1)


@app.command()
def query(
    folder: Annotated[Path, typer.Argument(help="Folder of an archive.")],
    sql: Annotated[str, typer.Argument(help="A SELECT over documents, entities, mentions, events, arguments, errors.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A .csv, .json or .parquet file to write.")] = None,
) -> None:
    """Asks the tables of an archive, with DuckDB."""
    from policy_ie.archive.query import write_query

    shown = write_query(folder, sql, output)
    if shown is not None:
        typer.echo(shown)


@app.command()
def link(
    folder: Annotated[Path, typer.Argument(help="Folder of an archive.")],
    memory: Annotated[int, typer.Option(help="MB that the database may use; the rest is kept on the disk.")] = 2000,
    again: Annotated[bool, typer.Option("--again", help="Link even where the tables are up to date.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Finds what belongs together across the documents of an archive: copies, shared happenings, programmes, persons."""
    from policy_ie import archive

    s = archive.link(folder, memory=memory, again=again)
    if as_json:
        typer.echo(s.model_dump_json())
        return
    typer.echo(f"{s.duplicates} of {s.documents} documents are copies, of {s.texts} texts")
    typer.echo(
        f"{s.events} events are {s.happenings} happenings; {s.shared} have several sources, {s.contradictions} contradict"
    )
    typer.echo(f"{s.programmes} programmes, {s.persons} persons")


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of an archive.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write (.html).")],
    title: Annotated[str | None, typer.Option(help="Heading; the name of the folder where not given.")] = None,
    events: Annotated[int, typer.Option(help="Events to hold with their sentences; figures count all.")] = 10_000,
) -> None:
    """Writes one self-contained page about an archive: funding, funders, recipients on a map, programmes, officials, events."""
    from policy_ie.report.archive import archive_page

    output.write_text(archive_page(folder, title=title, events=events), encoding="utf-8")


@app.command()
def schema() -> None:
    """Prints the JSON Schema of a record."""
    from policy_ie.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@kb.command("lookup")
def kb_lookup(
    name: Annotated[str, typer.Argument(help="A name, abbreviation or key.")],
    near: Annotated[str | None, typer.Option(help="A place, district or Land that the text is about.")] = None,
    date: Annotated[str | None, typer.Option(help="Year or ISO date at which the name was used.")] = None,
    kind: Annotated[
        Literal["territory", "organisation", "programme", "person"] | None, typer.Option(help="What kind of entry.")
    ] = None,
) -> None:
    """Looks a name up, best candidate first."""
    from policy_ie.knowledge import knowledge_base

    day = _day(date)
    for candidate in knowledge_base().lookup(name, near=near, date=day, kind=kind):
        entry = candidate.entry
        typer.echo(f"{candidate.score:5.2f}  {entry.kb_id:24} {entry.kind:12} {entry.name}  {candidate.why}")


def _day(date: str | None) -> dt.date | None:
    """A day from an ISO date; the first of July for a year."""
    if date is None:
        return None
    try:
        return dt.date.fromisoformat(f"{date}-07-01" if len(date) == 4 else date)
    except ValueError:
        raise InvalidInput(f"--date {date} is neither a year nor an ISO date", remedy="2014 or 2014-05-31") from None


def _items(paths: list[str], encoding: str | None, published: str | None) -> Iterator[dict[str, Any]]:
    """The documents behind the paths, read when their turn comes."""
    for name in paths:
        if name == "-":
            yield {"text": _decoded(sys.stdin.buffer.read(), encoding), "id": "stdin", "published": published}
            continue
        path = Path(name)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES)
            if not files:
                raise InvalidInput(f"the folder holds no {' '.join(_SUFFIXES)}", document=name)
        elif path.exists():
            files = [path]
        else:
            raise InvalidInput("no such file or folder", document=name)
        for file in files:
            relative = file.relative_to(path) if path.is_dir() else Path(file.name)
            yield from _documents(file, str(relative.with_suffix("").as_posix()), encoding, published)


def _documents(file: Path, document_id: str, encoding: str | None, published: str | None) -> Iterator[dict[str, Any]]:
    data = file.read_bytes()
    media = _SUFFIXES.get(file.suffix.lower(), "text")
    if media == "jsonl":
        for number, line in enumerate(data.splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InvalidInput(f"line {number} is no JSON: {error}", document=str(file)) from error
            if not isinstance(row, dict):
                raise InvalidInput(f"line {number} is no JSON object", document=str(file), remedy='{"text": "…", "id": "…"}')
            yield {
                "text": row.get("text"), "html": row.get("html"), "id": row.get("id", f"{document_id}:{number}"),
                "published": row.get("published", published), "source": row.get("source") or row.get("url"),
            }  # fmt: skip
    else:
        content = _decoded(data, encoding) if media == "text" else data
        yield {media: content, "id": document_id, "source": str(file), "published": published}


def _decoded(data: bytes, encoding: str | None) -> str | bytes:
    """Bytes in the encoding the user named; else bytes, for the library to detect it."""
    if encoding is None:
        return data
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise InvalidInput(f"cannot be read as {encoding}: {error}") from error


@contextmanager
def _writer(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            yield file


if __name__ == "__main__":
    main()
