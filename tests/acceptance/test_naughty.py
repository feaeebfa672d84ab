"""Naughty strings as labels, notes and names of columns: all are shown as text, and nothing of them is lost."""

import csv
import html.parser

import duckdb
import openpyxl

from naughty import LABELS


class Elements(html.parser.HTMLParser):
    """The names of all elements and attributes of a page, and its text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.text = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attributes)

    def handle_data(self, data):
        self.text.append(data)


def test_every_string_is_accounted_for(naughty):
    assert naughty.ledger["records_read"] == len(LABELS) + 1
    with (naughty.folder / "unmapped_values.csv").open(encoding="utf-8", newline="") as file:
        told = {row["value"] for row in csv.DictReader(file)}
    # values are compared without case and trimmed; a placeholder such as null says nothing
    missing = {text.casefold() for text in LABELS} - {text.casefold() for text in told}
    assert len(missing) < len(LABELS) / 10, missing
    rows = duckdb.sql(f"select count(*) from read_parquet('{naughty.folder}/findings.parquet')").fetchall()[0][0]
    counts = naughty.report["findings"]
    assert rows == counts["error"] + counts["warning"] + counts["info"]


def test_the_page_holds_them_as_text_alone(naughty):
    page = Elements((naughty.folder / "report.html").read_text(encoding="utf-8"))
    assert page.elements <= set(
        "html head meta title style body a header p span h1 h2 h3 nav ul li main section svg path rect circle line text "
        "dl div dt dd small table caption thead tbody tfoot tr th td strong br details summary footer".split()
    )
    assert not any(name.startswith("on") for name in page.attributes) and "src" not in page.attributes
    text = "".join(page.text)
    assert "alert(" in text and "\u202e" not in text and "\u200b" not in text
    assert (naughty.folder / "report.html").stat().st_size < 2_000_000


def test_the_workbook_holds_no_formula(naughty):
    for sheet in openpyxl.load_workbook(naughty.folder / "findings.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None, cell.coordinate
