"""The decks: `make slides` builds one a unit from what is marked in the chapters."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "_ext"))

project = "kamtools"
author = "The kamtools authors"
language = "en"
extensions = ["myst_nb", "sphinx_revealjs", "mathml", "decks"]

nb_execution_mode = "off"
nb_ipywidgets_js = {}
myst_enable_extensions = ["dollarmath"]
myst_dmath_allow_space = False
myst_dmath_allow_digits = False
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"

revealjs_style_theme = "white"
revealjs_static_path = ["../_static"]
revealjs_css_files = ["slides.css"]
revealjs_script_conf = {
    "width": 1280,
    "height": 720,
    "margin": 0.04,
    "center": False,
    "hash": True,
    "slideNumber": "c/t",
    "transition": "none",
}
revealjs_script_plugins = [
    {"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"},
]
