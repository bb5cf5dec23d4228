"""THE list of reports, in the order in which people choose them. Each has a file of its own in this folder."""

from __future__ import annotations

from legation.errors import UserError
from legation.i18n import _
from legation.reports import (
    bilateral_chronology,
    commitments,
    country_brief,
    country_matrix,
    evidence,
    framework_dossier,
    meeting_log,
    office_holders,
    official_history,
    topic_profile,
    upcoming,
    visits_register,
    who_met_whom,
)
from legation.reports.report import Report

REPORTS: dict[str, Report] = {
    each.name: each
    for each in (
        bilateral_chronology.REPORT,
        who_met_whom.REPORT,
        official_history.REPORT,
        upcoming.REPORT,
        commitments.REPORT,
        meeting_log.REPORT,
        country_matrix.REPORT,
        visits_register.REPORT,
        topic_profile.REPORT,
        framework_dossier.REPORT,
        office_holders.REPORT,
        evidence.REPORT,
        country_brief.REPORT,
    )
}


def report_named(name: str) -> Report:
    """The report of a name. Raises `UserError` that lists the names when there is none."""
    if name not in REPORTS:
        raise UserError(
            _("There is no report “{name}”.").format(name=name),
            _("The reports are: {known}.").format(known=", ".join(REPORTS)),
        )
    return REPORTS[name]
