# How Sphinx makes the pages. It executes nothing: the notebooks come with their outputs.
import json
import os

book = json.loads(os.environ["PARLAB_BOOK"])

project = html_title = book["title"]
author = ""
language = "en"
root_doc = "README"
extensions = ["myst_nb"]

nb_execution_mode = "off"
# Python's lexer knows nothing of our errors.
nb_render_error_lexer = "myst-ansi"
nb_merge_streams = False
# Pictures of the notebooks are <img>, for their texts and sizes.
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 3
# A line that is meant to be wrong is no TypeScript.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "sphinx_book_theme"
html_static_path = ["static"]
html_css_files = ["book.css"]
html_copy_source = True
html_show_copyright = False
html_show_sphinx = False
# One page, slides, PDF and TypeScript of each notebook.
html_extra_path = [book["exports"]]
html_theme_options = {
    "home_page_in_toc": True,
    "use_download_button": True,
    "show_navbar_depth": 1,
    "navbar_persistent": [],
}
if book["repository"]:
    html_theme_options |= {
        "repository_url": book["repository"],
        "repository_branch": book["branch"],
        "path_to_docs": book["folder"],
        "launch_buttons": {
            "notebook_interface": "jupyterlab",
            "binderhub_url": "https://mybinder.org",
            "jupyterhub_url": book["hub"],
        },
    }
