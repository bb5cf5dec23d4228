"""The few rules of look that a palette cannot say: quiet text, headings, problems, the lines and boxes of forms."""

from __future__ import annotations


def style_sheet(colours: dict[str, str], points: float) -> str:
    """The rules as a Qt style sheet; widgets are told apart by properties.

    `colours` maps roles to CSS colours; `points` is the size of plain text.
    """
    of = colours
    return f"""
QLabel[quiet="true"] {{ color: {of["quiet"]}; }}
QLabel[problem="true"] {{ color: {of["problem"]}; }}
QLabel[heading="true"] {{ font-weight: 600; font-size: {points * 1.3:.1f}pt; }}
QLabel[title="true"] {{ font-weight: 600; font-size: {points * 2.2:.1f}pt; }}
QLabel[links="true"] {{ border: 1px solid transparent; border-radius: 4px; }}
QLabel[links="true"]:focus {{ border-color: {of["link"]}; }}
QLabel[section="true"] {{ color: {of["quiet"]}; font-weight: 600; border-bottom: 1px solid {of["line"]};
    padding-bottom: 4px; }}
QFrame[line="true"] {{ border: 1px solid transparent; border-radius: 4px; }}
QFrame[line="true"]:hover {{ border-color: {of["line"]}; }}
QFrame[line="true"]:focus {{ border-color: {of["link"]}; background: {of["alternate"]}; }}
QFrame[nested="true"] {{ border: none; border-left: 2px solid {of["line"]}; }}
QFrame[notice="true"] {{ background: {of["alternate"]}; border: none; border-bottom: 1px solid {of["line"]}; }}
QFrame[hint="true"] {{ background: {of["alternate"]}; border: 1px solid {of["edge"]}; border-radius: 4px; }}
QFrame[hint="true"]:focus {{ border-color: {of["link"]}; }}
QToolButton[fold="true"] {{ border: none; background: transparent; color: {of["link"]}; padding: 4px 4px 4px 0; }}
QToolButton[fold="true"]:focus {{ text-decoration: underline; }}
QLineEdit, QPlainTextEdit {{ border: 1px solid {of["edge"]}; border-radius: 4px; padding: 3px 6px;
    background: {of["base"]}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {of["link"]}; padding: 2px 5px; }}
QLineEdit[box="true"] {{ border: 1px dashed {of["edge"]}; border-radius: 4px; padding: 4px 8px;
    background: {of["base"]}; }}
QListWidget[sidebar="true"] {{ border: none; border-right: 2px solid {of["window"]}; background: {of["window"]};
    padding: 8px 6px 8px 8px; outline: none; }}
QListWidget[sidebar="true"]:focus {{ border-right: 2px solid {of["link"]}; }}
QListWidget[sidebar="true"]::item {{ border-radius: 6px; }}
QListWidget[sidebar="true"]::item:selected {{ background: {of["accent"]}; }}
QTableView::item {{ padding: 0 6px; }}
QHeaderView::section {{ padding: 6px 8px; border: none; border-bottom: 1px solid {of["line"]};
    background: {of["window"]}; color: {of["quiet"]}; }}
QPushButton:focus {{ border: 2px solid {of["link"]}; border-radius: 4px; background: {of["button"]};
    padding: 3px 4px; min-height: 16px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {of["link"]}; text-decoration: underline; }}
QTreeWidget[sheet="true"], QListWidget[sheet="true"] {{ border: 1px solid {of["line"]}; }}
QTreeWidget[sheet="true"]:focus, QListWidget[sheet="true"]:focus {{ border: 1px solid {of["link"]}; }}
QTreeWidget[sheet="true"]::item, QListWidget[sheet="true"]::item {{ height: 26px; padding: 0 6px; }}
QTextBrowser[pane="true"] {{ border: none; border-left: 2px solid {of["line"]}; }}
QTextBrowser[pane="true"]:focus {{ border-left: 2px solid {of["link"]}; }}
QPushButton[choice="true"] {{ text-align: left; padding: 8px 16px; }}
QPushButton[place="true"] {{ text-align: left; padding: 8px 16px; border: 1px solid transparent; border-radius: 4px;
    background: transparent; }}
QPushButton[place="true"]:hover, QPushButton[place="true"]:focus {{ border-color: {of["link"]};
    background: {of["alternate"]}; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ padding: 8px 16px; border: none; border-bottom: 2px solid transparent; background: transparent;
    color: {of["quiet"]}; }}
QTabBar::tab:selected {{ color: {of["text"]}; border-bottom: 2px solid {of["link"]}; }}
QTabBar::tab:selected:focus {{ background: {of["alternate"]}; color: {of["link"]}; }}
QToolBar {{ border: none; border-bottom: 1px solid {of["line"]}; padding: 4px 8px; spacing: 4px; }}
QStatusBar::item {{ border: none; }}
QLineEdit[box="true"]:focus {{ border: 2px solid {of["link"]}; padding: 3px 7px; }}
"""
