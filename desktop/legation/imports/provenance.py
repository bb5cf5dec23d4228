"""Where each imported record came from: its key (file, row, digest), and the source that is cited for it."""

from __future__ import annotations

from collections.abc import Mapping

from legation.clock import today
from legation.fields.draft import Draft, new_draft
from legation.fields.kinds import URL, ValueProblem
from legation.i18n import _
from legation.imports.again import SOURCE_ROW, EarlierRow
from legation.imports.outcomes import Rejected
from legation.imports.resolving import Body, Chair, Resolver, Somebody
from legation.imports.roles import KEY
from legation.imports.row_values import RowValues
from legation.imports.source_tables import SourceTable
from legation.matching.known_events import KnownSources
from legation.records.catalogue import record_type
from legation.storage.bulk import BulkRows
from legation.storage.reading import Reader

CITED = {"event": "event_id", "person": "person_id", "organisation": "organisation_id", "post": "post_id",
         "appointment": "appointment_id"}  # fmt: skip


class Provenance:
    """Notes the keys and citations of one import."""

    def __init__(
        self,
        reader: Reader,
        table: SourceTable,
        bulk: BulkRows,
        source_file: str,
        known_rows: Mapping[str, EarlierRow],
        sources: KnownSources | None = None,
    ) -> None:
        """`sources` are those known to the tables of this import before this one."""
        self.source_file = source_file
        self.bulk = bulk
        self.sources = sources if sources is not None else KnownSources(reader)
        self.known_rows = known_rows
        self._table = table
        self._file_source: int | None = None
        self._keys = {(key, record, id) for key, row in known_rows.items() for record, id in row.records}
        row = "SELECT record_id FROM import_key WHERE source_file = ? AND source_row = ? AND record = 'source'"
        known = reader.sql(row, (source_file, SOURCE_ROW))
        self._known_source = int(known[0][0]) if known else None

    def note(self, row: RowValues, record: str, id: int) -> None:
        """Note which row a record came from."""
        self._note(row.key, row.digest, record, id)

    def _note(self, row: str, digest: str, record: str, id: int) -> None:
        if (row, record, id) not in self._keys:
            self._keys.add((row, record, id))
            self.bulk.add_row(
                "import_key", source_file=self.source_file, source_row=row, digest=digest, record=record, record_id=id
            )

    def cite(self, row: RowValues, resolver: Resolver, record: str, id: int, words: str = "") -> None:
        """Note where a new record came from, and cite its source for it; `words` are the source's own."""
        self.note(row, record, id)
        self._cite(row, resolver, record, id, quote=words)

    def cite_difference(self, row: RowValues, resolver: Resolver, record: str, id: int, states: str) -> None:
        """Cite a row for what it states otherwise than the workspace, unless it was read before."""
        if row.key not in self.known_rows:
            self._cite(row, resolver, record, id, states=states)

    def _cite(
        self, row: RowValues, resolver: Resolver, record: str, id: int, *, quote: str = "", states: str = ""
    ) -> None:
        source = self._source(row, resolver)
        locator = row.text(KEY)
        told = _("row {number}").format(number=row.number) if not locator else _("no. {key}").format(key=locator)
        citation = new_draft(record_type("citation"), source_id=source, locator=told, **{CITED[record]: id})
        for name, value in (("quote", quote), ("states", states)):
            if value:
                citation[name] = value
        self.bulk.add(citation)

    def _source(self, row: RowValues, resolver: Resolver) -> int:
        """The source that a row names, else the file itself."""
        url, title = row.text("source.url"), row.text("source.title")
        publisher = row.text("source.publisher")
        if not (url or title or publisher):
            return self._of_file()
        if not url and web_address(title):
            url, title = title, ""
        address = web_address(url)
        if not address and not title:
            title = url or publisher
        known = self.sources.find(address, title)
        if known is not None:
            return known
        draft = new_draft(record_type("source"), title=title or address, kind="webpage" if address else "report")
        if address:
            draft["url"] = address
        if publisher:
            draft["publisher_id"] = resolver.make_body(resolver.body(publisher, None, "media"))
        issued = row.date("source.issued").edtf
        if issued:
            draft["issued"] = issued
        id = self.bulk.reserve(draft)
        self.sources.add(id, address, title)
        self.note(row, "source", id)
        return id

    def _of_file(self) -> int:
        if self._file_source is None:
            self._file_source = self._known_source
        if self._file_source is None:
            self._file_source = self.bulk.reserve(self._file_draft())
            self._note(SOURCE_ROW, "", "source", self._file_source)
        return self._file_source

    def _file_draft(self) -> Draft:
        title = self._table.title or self._table.file
        if self._table.name and self._table.name not in title:
            title = f"{title} ({self._table.name})"
        return new_draft(record_type("source"), title=title[:300], kind="dataset", accessed=today().isoformat())

    # --- what a row may make, noted when it is new --------------------------------------------------------------------

    def made_body(self, row: RowValues, resolver: Resolver, body: Body) -> int:
        """The id of a body, cited when the row made it."""
        before = self.bulk.next_id("organisation")
        id = resolver.make_body(body)
        if id >= before:
            self.cite(row, resolver, "organisation", id)
        return id

    def made_chair(self, row: RowValues, resolver: Resolver, chair: Chair) -> int:
        """The id of a post; it and its body cited when the row made them."""
        bodies, posts = self.bulk.next_id("organisation"), self.bulk.next_id("post")
        id = resolver.make_chair(chair)
        if chair.body.id is not None and chair.body.id >= bodies:
            self.cite(row, resolver, "organisation", chair.body.id)
        if id >= posts:
            self.cite(row, resolver, "post", id)
        return id

    def made_person(self, row: RowValues, resolver: Resolver, person: Somebody, year: int | None) -> int:
        """The id of a person, cited when the row made them."""
        before = self.bulk.next_id("person")
        id = resolver.make_person(person, year)
        if id >= before:
            self.cite(row, resolver, "person", id)
        return id

    def made_appointment(
        self, row: RowValues, resolver: Resolver, person: int, chair: Chair, day: tuple[str, str]
    ) -> int:
        """The id of the appointment in which a person acted, cited when the row made it."""
        before = self.bulk.next_id("appointment")
        id = resolver.appointment(person, chair, day)
        if id >= before:
            self.cite(row, resolver, "appointment", id)
        return id


def web_address(text: str) -> str:
    """A cell as a web address, "" where it is none; raises `Rejected` for one that is damaged."""
    if text.casefold().startswith("www."):
        text = f"https://{text}"
    if "://" not in text:
        return ""
    try:
        return str(URL.parse(text) or "")
    except ValueProblem as problem:
        raise Rejected(str(problem)) from None
