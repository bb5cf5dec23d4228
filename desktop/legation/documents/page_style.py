"""How a report looks as an HTML page: on screen, in the light and in the dark, and on paper."""

from __future__ import annotations

from legation.documents.pictures import INKS

_RULES = """
*{box-sizing:border-box}
body{font:15px/1.45 system-ui,"Segoe UI","Noto Sans",sans-serif;color:var(--text);background:var(--paper);
margin:0 auto;padding:32px 24px 64px;max-width:1180px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:19px;margin:32px 0 8px}
h3{font-size:15px;margin:24px 0 8px}
p{margin:4px 0}
.quiet{color:var(--quiet)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:8px 0 16px;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
th{color:var(--quiet);font-weight:600;border-bottom:2px solid var(--line)}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
td.date{white-space:nowrap}
tr.group th{color:var(--text);padding-top:16px;border-bottom:1px solid var(--line)}
tr.withdrawn td{text-decoration:line-through;color:var(--quiet)}
tr.withdrawn td:first-child{text-decoration:none}
tr.added td:first-child,tr.corrected td:first-child{font-weight:600;color:var(--accent)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
ol.notes{padding-left:32px}
ol.notes li{margin:4px 0}
ol.notes li:target{outline:2px solid var(--accent);outline-offset:4px}
figure{margin:16px 0;overflow-x:auto}
figcaption{color:var(--quiet);font-size:14px}
svg text{font-family:inherit}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 24px;margin:8px 0}
dt{color:var(--quiet)}
dd{margin:0}
"""
_PRINT = """
@page{size:A4 %s;margin:16mm 14mm}
@media print{body{padding:0;max-width:none;font-size:9.5pt}table{font-size:8.5pt}h1{font-size:16pt}h2{font-size:12pt}
thead{display:table-header-group}tr{break-inside:avoid}h2,h3,tr.group{break-after:avoid}figure{break-inside:avoid}
.wide,figure{overflow:visible}a{color:inherit}}
"""


def style_of(*, is_wide: bool) -> str:
    """The style sheet of a page; `is_wide` prints it on its side."""
    light = ";".join(f"--{name}:{inks[0]}" for name, inks in INKS.items())
    dark = ";".join(f"--{name}:{inks[1]}" for name, inks in INKS.items())
    inks = "".join(f".ink-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}" for name in INKS)
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{_RULES}{inks}{_PRINT % ('landscape' if is_wide else 'portrait')}"
    )
