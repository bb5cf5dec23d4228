"""The whole founding dispatch by `legation add`, eight lines into an empty workspace; it equals the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.dispatch import FUJII, GURBANOV, ISHIKAWA, SOURCE, TSUBAI, assert_equals_the_sample
from legation import cli

FIRST = (
    f'src:"{SOURCE}" publisher:*"The Caspian Post" issued:2025 citing:AKIpress '
    'citing:"Ministry of Foreign Affairs of Turkmenistan"'
)
AGAIN = f'src:"{SOURCE}"'
LINES = (
    f'2025-01-27~ visit TKM>JPN @Tokyo {FIRST} para:12 "Visit of the Turkmen delegation to Japan"',
    f"27 jan 2025 consultations TKM>JPN @Tokyo {GURBANOV} / {ISHIKAWA} in:visit {AGAIN} para:1 "
    "#P.bilateral act:noted #P.regional #P.world #P.multilateral act:reaffirmed #E.projects #E.oil act:noted "
    "#E.chemicals act:noted #E.power act:noted #E.transport act:noted #E.expo #E.expo #C act:noted "
    "#C.education act:noted #C.science act:noted #C.culture act:noted #C.language act:noted #E.digital act:emphasised "
    '"Turkmen-Japanese political consultations"',
    f"27 jan 2025 meeting TKM>JPN {GURBANOV} / {FUJII} in:visit {AGAIN} para:9 "
    'stated:"on the same day" #P act:"exchanged views" #E act:exchanged #C act:exchanged #P.bilateral act:reaffirmed '
    "#P.visits act:emphasised",
    f"2025-01-27~ meeting TKM>JPN / {TSUBAI} in:visit {AGAIN} para:12 #E.councils act:reviewed "
    '"Turkmen delegation - Tsubai (Itochu) meeting"',
    f'16-17 dec 2024 committee session TKM+JPN {AGAIN} para:13 outcome:"Agreements reached at the meeting of '
    '16-17 December 2024" state:"in progress" on:E.councils "Meeting of the two Economic Cooperation Committees"',
    f'summit JPN+TKM round:1 level:highest framework:"Central Asia + Japan" {AGAIN} para:4 '
    '"First “Central Asia + Japan” summit"',
    f'2025 exposition JPN(host)+TKM(participant) country:JPN @Osaka status:scheduled {AGAIN} para:7 "World Expo 2025"',
    f'14 apr 2025 expo national day TKM(organiser)>JPN @Osaka in:"World Expo" {AGAIN} para:7 '
    '"National Day of Turkmenistan at Expo 2025"',
)


@pytest.fixture
def desk(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-03")
    return workspace


def test_the_whole_dispatch_is_entered_by_lines(desk: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in LINES:
        assert cli.run(["add", str(desk), line]) == 0, line
    assert_equals_the_sample(desk, sample)
    assert cli.run(["check", str(desk)]) == 0
    letters = sum(len(line) + 1 for line in LINES)
    with capsys.disabled():
        print(f"\nthe whole dispatch by eight lines takes {letters} letters")
