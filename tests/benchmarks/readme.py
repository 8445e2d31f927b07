"""Tables in the README, each between two marks that name it."""

from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def write_into_readme(name: str, text: str) -> None:
    """Put ``text`` between the marks ``<!-- name: begin -->`` and ``<!-- name: end -->``."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = README.read_text("utf-8").split(begin)
    _, after = rest.split(end)
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
