"""Countries: states, past and present, and other ISO-coded areas that send or receive officials."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint

from legation.fields.kinds import MONTH_DAY, TEXT, YEAR, code, link
from legation.fields.record_type import Lines, RecordType, field
from legation.i18n import N_
from legation.records.columns import KEPT, code_link, optional_text, required_text, row_id
from legation.records.row import Row


class Country(Row, table=True):
    """A state or area; `code` is ISO 3166-1 alpha-3, ISO 3166-3 for states that ended, or user-assigned."""

    __tablename__ = "country"
    __table_args__: Any = (
        CheckConstraint("code GLOB '[A-Z][A-Z][A-Z]'", name="ck_country_code"),
        CheckConstraint("iso2 GLOB '[A-Z][A-Z]'", name="ck_country_iso2"),
        CheckConstraint("m49 GLOB '[0-9][0-9][0-9]'", name="ck_country_m49"),
        CheckConstraint("national_day GLOB '[01][0-9]-[0-3][0-9]'", name="ck_country_national_day"),
        CheckConstraint("successor <> code", name="ck_country_successor"),
        KEPT,
    )
    id: int | None = row_id()
    code: str = required_text(unique=True)
    iso2: str | None = optional_text(unique=True)
    m49: str | None = optional_text(unique=True)
    name: str = required_text(index=True)
    official_name: str | None = optional_text()
    demonym: str | None = optional_text()
    region: str | None = optional_text()
    valid_from: str | None = optional_text()
    valid_to: str | None = optional_text()
    successor: str | None = code_link("country.code")
    capital: str | None = optional_text()
    national_day: str | None = optional_text()


ALPHA_3 = code(r"[A-Z]{3}", N_("A country code has three capital letters, such as TKM."))
ALPHA_2 = code(r"[A-Z]{2}", N_("The two-letter code has two capital letters, such as TM."))
M49 = code(r"\d{3}", N_("The M49 code has three figures, such as 795."))

COUNTRY = RecordType(
    table=Country,
    label=N_("Country"),
    plural=N_("Countries"),
    one_line="{name}",
    key="code",
    fields=(
        field("code", N_("Code"), ALPHA_3, required=True, search=True, help=N_("ISO 3166-1 alpha-3.")),
        field("name", N_("Name"), TEXT, required=True, search=True, help=N_("The short form in English.")),
        field("official_name", N_("Official name"), TEXT, search=True),
        field("demonym", N_("Demonym"), TEXT, search=True, help=N_("The adjective used in titles: Turkmen.")),
        field("region", N_("Region"), TEXT, help=N_("The M49 sub-region, code and name.")),
        field("capital", N_("Capital"), TEXT, search=True),
        field("national_day", N_("National day"), MONTH_DAY, help=N_("Month and day of the state holiday: 09-27.")),
        field("iso2", N_("Two-letter code"), ALPHA_2, rare=True),
        field("m49", N_("M49 code"), M49, rare=True),
        field("valid_from", N_("Existed from"), YEAR, help=N_("The year it began, where that matters."), rare=True),
        field("valid_to", N_("Existed until"), YEAR, help=N_("The year it ended."), rare=True),
        field(
            "successor", N_("Successor"), link("country"), help=N_("The state a search should also look at."), rare=True
        ),
    ),
    columns=("name", "code", "region", "capital", "demonym", "national_day"),
    order=("name",),
    lines=(Lines("aliases", N_("Other names"), "alias", "country"),),
)
