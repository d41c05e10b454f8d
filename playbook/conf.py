"""The book: `make book` builds it from the whole tree, so that links are the same everywhere."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "_ext"))

project = "kamtools"
author = "The kamtools authors"
copyright = "the kamtools authors, BSD-3-Clause"
language = "en"

root_doc = "playbook/index"
include_patterns = ["playbook/**", "notebooks/**", "casestudies/**"]
exclude_patterns = [
    "**/.*", "playbook/_*", "playbook/slides",
    "casestudies/*/case.md",  # stands on the page of the notebook: book_sources.case
]  # fmt: skip
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
    "book_sources",
    "glossary_links",
    "mathml",
    "rooms",
]

nb_execution_mode = "off"
nb_ipywidgets_js = {}  # widgets show their page of HTML; nothing is fetched
nb_code_prompt_show = "After you have decided: show what follows"
nb_code_prompt_hide = "Hide what follows"
suppress_warnings = [
    "myst.header",  # notebooks go from ## to ####
    "ref.python",  # types in docstrings are shapes and units too, not only classes
]
myst_enable_extensions = ["dollarmath", "tasklist"]
myst_dmath_allow_space = False  # "$ 428 million" is money
myst_dmath_allow_digits = False
myst_heading_anchors = 4
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "plain"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
napoleon_use_param = False  # types are shapes and units: nothing to look up

html_theme = "pydata_sphinx_theme"
html_title = "Key account management: the playbook"
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_extra_path = ["_extra"]
html_copy_source = False  # the notebooks' sources hold the solutions
html_show_sourcelink = False
html_math_renderer = "mathml"
html_theme_options = {
    "logo": {"text": "KAM playbook"},
    "navbar_align": "left",
    "navbar_persistent": [],
    "navbar_end": ["search-button", "theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "header_links_before_dropdown": 7,
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
