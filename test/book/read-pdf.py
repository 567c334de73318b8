# The text of the PDF files that are named, as JSON, a text for each.
import json
import sys

from pypdf import PdfReader

print(json.dumps([" ".join(page.extract_text() for page in PdfReader(file).pages) for file in sys.argv[1:]]))
