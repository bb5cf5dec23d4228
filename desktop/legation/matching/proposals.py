"""What a new line most likely is: the role and attendance of a party, the head among the delegates.

Proposals fill a draft before a person looks at it; every one can be changed. Works on drafts alone: no database.
"""

from __future__ import annotations

from legation.fields.draft import Draft

ATTENDANCE_BY_STATUS = {
    "held": "attended",
    "proposed": "expected",
    "scheduled": "expected",
    "postponed": "expected",
    "cancelled": "expected",
}
ROLE_ABROAD = {"exposition": "participant", "conference": "participant", "expo_national_day": "organiser"}
"""What a party from elsewhere is at events of these kinds; a guest at all others."""


def propose_party(event: Draft, party: Draft) -> None:
    """Fill in how a party takes part: host where the event is, else by the event's kind; present if it was held.

    The role is left as it is while the event has no country, and when its country already has another host.
    """
    place = event["country"]
    if place is not None:
        hosts = [each for each in event.lines.get("delegations", []) if each["role"] == "host" and each is not party]
        if party["country"] == place and party["organisation_id"] is None and not hosts:
            party["role"] = "host"
        elif party["country"] is not None and party["country"] != place:
            party["role"] = ROLE_ABROAD.get(event["kind"], "guest")
    party["attendance"] = ATTENDANCE_BY_STATUS.get(event["status"], "attended")


def propose_delegate(party: Draft, delegate: Draft) -> None:
    """The first delegate of a party is its head until somebody says otherwise."""
    others = [each for each in party.lines.get("delegates", []) if each is not delegate]
    if not others:
        delegate["role"] = "head"
