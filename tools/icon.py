"""The mark of the site for the home screen of a phone, `apple-touch-icon.png`, from the one that tabs show."""

from pathlib import Path

from resvg_py import svg_to_bytes

ASSETS = Path(__file__).parent.parent / "src/manchette/theme/assets/manchette"
SIZE = 180  # px: what phones ask for, and make smaller
PAPER = "#f8f9f7"  # where nothing is drawn phones show black


def main() -> None:
    """Write the icon."""
    mark = (ASSETS / "favicon.svg").read_text(encoding="utf-8")
    drawn = svg_to_bytes(svg_string=mark, width=SIZE, height=SIZE, background=PAPER, skip_system_fonts=True)
    (ASSETS / "apple-touch-icon.png").write_bytes(bytes(drawn))


if __name__ == "__main__":
    main()
