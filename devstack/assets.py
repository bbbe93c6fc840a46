"""Copy an allow-list of files out of npm's packages to vendor/, and the icons that templates name into one sprite.

Serving node_modules itself would publish 156 MB. Lines that name a source map go: hashed names fail on a missing file.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES, VENDOR = ROOT / "node_modules", ROOT / "vendor"
FILES = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "sortable/Sortable.min.js": "sortablejs/Sortable.min.js",
    "sortable/LICENSE": "sortablejs/LICENSE",
    "fonts/inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "fonts/inter-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "fonts/source-serif.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    "fonts/inter-400.woff2": "@fontsource/inter/files/inter-latin-400-normal.woff2",
    "fonts/inter-ext-400.woff2": "@fontsource/inter/files/inter-latin-ext-400-normal.woff2",
    "fonts/inter-600.woff2": "@fontsource/inter/files/inter-latin-600-normal.woff2",
    "fonts/inter-ext-600.woff2": "@fontsource/inter/files/inter-latin-ext-600-normal.woff2",
    "fonts/source-serif-600.woff2": "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
    "fonts/source-serif-ext-600.woff2": "@fontsource/source-serif-4/files/source-serif-4-latin-ext-600-normal.woff2",
    "fonts/INTER-LICENSE": "@fontsource-variable/inter/LICENSE",
    "fonts/SOURCE-SERIF-LICENSE": "@fontsource-variable/source-serif-4/LICENSE",
}
OPTIONAL = {"tabler/LICENSE": "@tabler/core/LICENSE"}
SOURCE_MAP = re.compile(rb"(?m)^.{0,3}[#@] ?sourceMappingURL=.*$")
ICON = re.compile(r"""{% icon ["']([a-z0-9-]+)["']|icon=["']([a-z0-9-]+)["']""")
SHAPE = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'


def copy_files() -> None:
    for name, source in (FILES | OPTIONAL).items():
        if not (PACKAGES / source).exists():
            if name in OPTIONAL:
                continue
            sys.exit(f"missing {source}: run npm ci")
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(SOURCE_MAP.sub(b"", (PACKAGES / source).read_bytes()))


def icons_in_use() -> list[str]:
    """Names of the icons that templates and Python name (`{% icon "users" %}`, `icon="users"`)."""
    files = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("[a-z]*/**/*.py")]
    sources = (path.read_text(encoding="utf-8") for path in files if "node_modules" not in path.parts)
    return sorted({one or other for text in sources for one, other in ICON.findall(text)})


def symbol(name: str) -> str:
    text = (PACKAGES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
    body = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).strip()
    return f'<symbol id="{name}" {SHAPE}>{body}</symbol>'


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    symbols = "".join(symbol(name) for name in icons_in_use())
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>', encoding="utf-8")


if __name__ == "__main__":
    main()
