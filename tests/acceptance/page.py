"""Reads the tables of report.html by their captions, without a browser."""

from html.parser import HTMLParser


class Tables(HTMLParser):
    """The rows of each table, by its caption: texts of the cells, white space folded."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.rows, self.caption, self.cell = {}, None, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th", "caption"):
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag not in ("td", "th", "caption", "table"):
            return
        if tag == "table":
            self.tables[self.caption] = self.rows
            return
        text = " ".join("".join(self.cell).split())
        self.cell = None
        if tag == "caption":
            self.caption = text
        else:
            self.rows[-1].append(text)


def number(text):
    """12,431 as a number."""
    return int(text.replace(",", ""))
