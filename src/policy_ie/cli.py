"""`policy-ie`: the command line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal

import typer

from policy_ie import __version__
from policy_ie.errors import InvalidInput, PolicyIEError

if TYPE_CHECKING:
    from policy_ie.records import Failure

app = typer.Typer(
    help="German press releases of governments and municipalities as typed event records.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)
app.add_typer(kb, name="kb")

_SUFFIXES = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}

#: Endings that only `batch` reads.
_FOR_BATCH = {".pdf", ".csv", ".parquet", ".zip", ".warc", ".gz", ".zst"}

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
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"policy-ie: {where}{error.strerror or error}", err=True)
        raise SystemExit(2) from None


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

    from policy_ie.api import Extractor, as_date
    from policy_ie.records import Failure

    as_date(published)
    others: Counter[str] = Counter()
    files = _files(paths, others)
    _check_output(output, [file for file, _ in files])
    extractor = Extractor(profile=profile, base=base)  # type: ignore[arg-type]  # load() checks the profile
    failed: list[Failure] = []
    warned: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    items = _readable(_items(files, encoding, published), failed)
    with _writer(output) as out:
        for result in tqdm(extractor.extract_many(items), unit="doc", disable=not sys.stderr.isatty()):
            if isinstance(result, Failure):
                failed.append(result)
            else:
                out.write(result.model_dump_json() + "\n")
                warned.update(w.code for w in result.warnings)
                ids[result.id] += 1
    for failure in failed:
        typer.echo(f"failed: {failure.id}: {failure.error}: {failure.message}", err=True)
    _say_left_alone(others)
    if twice := [i for i, n in ids.items() if n > 1]:
        typer.echo(f"several records have the id {', '.join(twice[:5])}{' …' if len(twice) > 5 else ''}", err=True)
    done = ids.total()
    noted = "".join(f", {n} × {code}" for code, n in sorted(warned.items()))
    typer.echo(f"{_counted(done)}, {len(failed)} failed{noted and '; warnings: ' + noted[2:]}", err=True)
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
    from policy_ie.records import Failure, PressRelease
    from policy_ie.report.view import html_page, terminal_view

    if Path(path).is_dir():
        raise InvalidInput("is a folder", document=path, remedy="name one file; policy-ie extract and batch take folders")
    _check_output(html)
    item = next(_items(_files([path]), None, published), None)
    if item is None:
        raise InvalidInput("there is no document", document=path)
    if isinstance(item, Failure):
        raise InvalidInput(item.message)
    extractor = Extractor(profile=profile, base=base)  # type: ignore[arg-type]  # load() checks the profile
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
    if wrong := [pair for pair in column or () if not all(pair.partition("="))]:
        raise InvalidInput(f"--column {wrong[0]} is not of the form FIELD=NAME", remedy="--column text=body")
    columns = {name: value for name, _, value in (pair.partition("=") for pair in column or ())}
    summary = archive.run(
        sources, out, workers=workers, profile=profile, base=base, columns=columns, encoding=encoding,  # type: ignore[arg-type]  # the workers check the profile
        records=records, part=(int(part[0]), int(part[1])), retry_errors=retry_errors, shard_size=shard_size, timeout=timeout,
        memory=memory,
    )  # fmt: skip
    if as_json:
        typer.echo(summary.model_dump_json())
    else:
        rate = f", {summary.processed / summary.seconds:.1f} a second" if summary.processed else ""
        left = f", {summary.left} left" if summary.left else ""
        now = f"this run: {summary.processed}{rate}"
        typer.echo(f"{_counted(summary.documents)}, {summary.errors} failed{left} ({now})", err=True)
        for number in summary.damaged:
            typer.echo(f"shard {number} was damaged, and has been made again", err=True)
        if summary.errors:
            _say_why(out)
    if not summary.documents + summary.errors + summary.left:
        raise InvalidInput("the sources hold no documents", document=" ".join(map(str, sources)))
    if summary.interrupted or summary.errors:
        raise typer.Exit(130 if summary.interrupted else 1)


def _say_why(folder: Path) -> None:
    """The commonest failures of an archive, with an example each."""
    from policy_ie.archive import query

    why = "SELECT error, component, count(*) AS n, first(message ORDER BY document) AS message FROM errors GROUP BY ALL"
    for row in query(folder, f"{why} ORDER BY n DESC, error, component LIMIT 5").to_pylist():
        what = f"{row['error']} in {row['component']}" if row["component"] else row["error"]
        typer.echo(f"failed: {row['n']} × {what}, such as {row['message']}", err=True)
    typer.echo(f'all of them: policy-ie query {folder} "SELECT id, source, message FROM errors" -o errors.csv', err=True)


@app.command()
def query(
    folder: Annotated[Path, typer.Argument(help="Folder of an archive.")],
    sql: Annotated[str, typer.Argument(help="A SELECT in SQL.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A .csv, .json or .parquet file to write.")] = None,
) -> None:
    """Asks the tables of an archive, with DuckDB. Shows up to 20 rows; all of them are written with -o.

    Tables: documents, entities, mentions, events, arguments, errors; after `policy-ie link` also duplicates, happenings,
    reports, contradictions, programmes, persons, identities. Columns: policy-ie query DIR "DESCRIBE events".
    """
    from policy_ie.archive.query import write_query

    _check_output(output)
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

    _check_output(output)
    output.write_text(archive_page(folder, title=title, events=events), encoding="utf-8")
    typer.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB", err=True)


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
    """Looks a name up, best candidate first: how well it fits, key, kind, name, why. Exit code 1 where there is none."""
    from policy_ie.knowledge import knowledge_base

    day = _day(date)
    known = knowledge_base()
    if near is not None and not known.lookup(near, kind="territory"):
        raise InvalidInput(f"--near {near}: no territory has this name", remedy="a place, district or Land, or its key")
    candidates = known.lookup(name, near=near, date=day, kind=kind)
    if not candidates:
        typer.echo(f"no entry has the name {name!r}; names are looked up whole, in any case", err=True)
        raise typer.Exit(1)
    for candidate in candidates:
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


def _files(paths: list[str], others: Counter[str] | None = None) -> list[tuple[Path | None, str]]:
    """The files behind the paths with the ids of their documents; None is standard input.

    Args:
        paths: files, folders or "-".
        others: counts the endings of what is left alone in the folders.

    Raises:
        InvalidInput: where a path does not exist, or a folder holds no file of a kind that is read.
    """
    files: list[tuple[Path | None, str]] = []
    for name in paths:
        path = Path(name)
        if name == "-":
            files.append((None, "stdin"))
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            found = [p for p in inside if p.suffix.lower() in _SUFFIXES]
            left = Counter(p.suffix.lower() or "without ending" for p in inside if p.suffix.lower() not in _SUFFIXES)
            if not found:
                raise InvalidInput(f"the folder holds no {' '.join(_SUFFIXES)}", document=name, remedy=_batch_reads(left))
            if others is not None:
                others.update(left)
            files += [(file, file.relative_to(path).with_suffix("").as_posix()) for file in found]
        elif path.exists():
            files.append((path, path.stem))
        else:
            raise InvalidInput("no such file or folder", document=name)
    return files


def _items(
    files: list[tuple[Path | None, str]], encoding: str | None, published: str | None
) -> Iterator[dict[str, Any] | Failure]:
    """The documents of the files, read when their turn comes; a `Failure` for what cannot be read."""
    for file, document_id in files:
        try:
            data = sys.stdin.buffer.read() if file is None else file.read_bytes()
            yield from _documents(data, file, document_id, encoding, published)
        except OSError as error:
            yield _failure(document_id, file, InvalidInput(f"cannot be read: {error.strerror or error}", document=str(file)))
        except InvalidInput as error:
            yield _failure(document_id, file, error)


def _documents(
    data: bytes, file: Path | None, document_id: str, encoding: str | None, published: str | None
) -> Iterator[dict[str, Any] | Failure]:
    ending = file.suffix.lower() if file else ""
    source = str(file) if file else None
    if ending in _FOR_BATCH:
        raise InvalidInput(f"{ending} is not read here", document=source, remedy=_batch_reads([ending]))
    media = _SUFFIXES.get(ending, "text")
    if media != "jsonl":
        yield {media: _decoded(data, encoding, source), "id": document_id, "source": source, "published": published}
        return
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{source}#{number}"
        try:
            row = json.loads(_decoded(line, encoding, place))
            if not isinstance(row, dict):
                raise InvalidInput("the line is no JSON object", document=place, remedy='{"text": "…", "id": "…"}')
            if row.get("text") is None and row.get("html") is None:
                keys = f"its keys are {', '.join(map(str, list(row)[:20]))}; policy-ie batch --column text=NAME takes another"
                raise InvalidInput('the line has no "text" or "html"', document=place, remedy=keys)
        except InvalidInput as error:
            yield _failure(f"{document_id}:{number}", file, error)
        except ValueError as error:
            yield _failure(f"{document_id}:{number}", file, InvalidInput(f"the line is no JSON: {error}", document=place))
        else:
            yield {
                "text": row.get("text"), "html": row.get("html"), "id": row.get("id", f"{document_id}:{number}"),
                "published": row.get("published", published), "source": row.get("source") or row.get("url"),
            }  # fmt: skip


def _readable(items: Iterable[dict[str, Any] | Failure], failed: list[Failure]) -> Iterator[dict[str, Any]]:
    """The documents; what could not be read goes to `failed`."""
    for item in items:
        if isinstance(item, dict):
            yield item
        else:
            failed.append(item)


def _failure(document_id: str, file: Path | None, error: InvalidInput) -> Failure:
    from policy_ie.records import Failure

    source = str(file) if file else None
    return Failure(id=document_id, source=source, error=type(error).__name__, component=None, message=str(error))


def _decoded(data: bytes, encoding: str | None, document: str | None) -> str | bytes:
    """Bytes in the encoding the user named; else bytes, for the library to detect it."""
    if encoding is None:
        return data
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        remedy = "leave out --encoding: it is detected"
        raise InvalidInput(f"cannot be read as {encoding}: {error}", document=document, remedy=remedy) from error


def _batch_reads(endings: Iterable[str]) -> str | None:
    """A hint, where `batch` reads such files."""
    known = sorted(_FOR_BATCH & set(endings))
    return f"policy-ie batch reads {' '.join(known)}" if known else None


def _say_left_alone(others: Counter[str]) -> None:
    if others:
        hint = _batch_reads(others)
        counts = ", ".join(f"{n} {ending}" for ending, n in sorted(others.items()))
        typer.echo(f"left alone: {counts}{f' ({hint})' if hint else ''}", err=True)


def _counted(records: int) -> str:
    return f"{records} record{'' if records == 1 else 's'}"


def _check_output(output: Path | None, inputs: Iterable[Path | None] = ()) -> None:
    """Refuses what could not be written, before the work is done.

    Raises:
        InvalidInput: where there is no such folder, or the file is one of the inputs.
    """
    if output is None:
        return
    if output.is_dir():
        raise InvalidInput("is a folder", document=str(output), remedy="name a file")
    if not output.parent.is_dir():
        raise InvalidInput("there is no such folder", document=str(output.parent), remedy="make it first")
    if output.exists() and any(file is not None and file.samefile(output) for file in inputs):
        raise InvalidInput("would overwrite one of the documents", document=str(output), remedy="write to another place")


@contextmanager
def _writer(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
    else:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            yield file


if __name__ == "__main__":
    main()
