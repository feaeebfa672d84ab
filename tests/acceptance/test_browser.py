"""The report in a real browser: it asks nobody for anything, and everybody can read it."""

import os
import shutil
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from support import AS_OF, PAC

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="there is no chromium; apt-get install chromium"
)
VIEWS = [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, outputs, batch, naughty):
    """Pages of a bad run, of several landlords, of a run without records, of naughty strings, for others, of two
    runs, and of outputs that are told of as one."""
    home = tmp_path_factory.mktemp("pages")
    (home / "none.csv").write_text("person,code,start\n", encoding="utf-8")
    (home / "p.toml").write_text(
        '[landlord]\nname = "Nobody"\ncode = "NO"\n[fields]\nperson_id = "person"\n'
        'person_alert_code_id = "code"\nstart_date = "start"\n',
        encoding="utf-8",
    )
    commands = [
        ["convert", home / "none.csv", "--profile", home / "p.toml", "--out", home / "none", "--as-of", AS_OF, "-q"],
        ["report", batch.folder, "--share", "--to", home / "shared.html", "-q"],
        ["report", batch.folder, outputs["oakfield_csv"].folder, "--to", home / "two.html", "-q"],
        ["report", batch.folder, outputs["elmtree_xlsx"].folder, "--combine", "--to", home / "combined.html", "-q"],
    ]
    for command in commands:
        assert subprocess.run([PAC, *map(str, command)], check=False).returncode in (0, 1)
    folders = [outputs["oakfield_csv"].folder, batch.folder, home / "none", naughty.folder]
    others = [home / name for name in ("shared.html", "two.html", "combined.html")]
    return [folder / "report.html" for folder in folders] + others


@pytest.mark.parametrize("width,scheme", VIEWS)
def test_it_is_whole_without_network_and_scripts_and_at_any_width(browser, pages, width, scheme):
    for path in pages:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
        )
        page = context.new_page()
        told, asked = [], []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        assert told == [] and asked == [path.as_uri()], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("document.scripts.length") == 0
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px", "the style does not count"
        context.close()


@pytest.mark.parametrize("width,scheme", VIEWS)
def test_axe_finds_nothing(browser, pages, width, scheme):
    for path in pages:
        # axe is a script, which the page itself would not let run
        context = browser.new_context(
            bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        violations = Axe().run(page).response["violations"]
        found = [(one["id"], node["html"][:120]) for one in violations for node in one["nodes"]]
        assert found == [], path
        context.close()


def test_keys_lead_through_it_and_it_prints(browser, pages):
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
