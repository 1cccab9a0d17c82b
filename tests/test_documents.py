"""The documents hold: examples load, the generated page is current, links and pictures are there."""

import re
from pathlib import Path

import pytest

from bot import seed
from bot.flows.lifecycle import drawing

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
YAML_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLES = YAML_BLOCK.findall((DOCS / "configuration.md").read_text("utf-8"))
LINK = re.compile(r"""\]\(([^)\s]+)\)|src="([^"]+)\"""")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LARGEST = 150_000


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors a page's headings get when it is shown."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[0][:20])
def test_every_example_of_a_configuration_loads(example: str, tmp_path: Path):
    file = tmp_path / "desk.yaml"
    file.write_text(example, encoding="utf-8")
    assert seed.config(file) != seed.config()


def test_the_shipped_values_that_the_guide_names_are_so():
    guide = (DOCS / "configuration.md").read_text("utf-8")
    for name, field in type(seed.config().general).model_fields.items():
        shown = {"emergency": "the region's"}.get(
            name, str(field.default).replace("False", "false")
        )
        assert f"| `{name}` | {shown} |" in guide


def test_the_lifecycle_page_is_current():
    assert (DOCS / "lifecycle.md").read_text("utf-8") == drawing.page(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_is_there(page: Path):
    targets = [a or b for a, b in LINK.findall(page.read_text("utf-8"))]
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(file), target


def test_pictures_are_small_and_all_are_used():
    used = "".join(page.read_text("utf-8") for page in PAGES)
    for picture in (DOCS / "pictures").glob("*.png"):
        assert picture.stat().st_size <= LARGEST
        assert picture.name in used


MECHANISM = re.compile(r"^\| (\d+) \|.*\| `([\w/]+\.py)::(\w+)` \|$", re.MULTILINE)
REALISED = {
    *range(1, 25),
    *range(34, 38),
    *(39, 41, 43, 44, 45, 46, 50, 55),
    *range(57, 65),
    *(67, 69),
    *range(71, 89),
    *(111, 115, 116),
}


def test_every_mechanism_is_proved_by_a_test_that_exists():
    rows = MECHANISM.findall((DOCS / "mechanisms.md").read_text("utf-8"))
    assert {int(number) for number, _, _ in rows} == REALISED
    for _, file, test in rows:
        text = (ROOT / "tests" / file).read_text("utf-8")
        assert re.search(rf"^(async )?def {test}\(", text, re.MULTILINE), f"{file}::{test}"
