"""From a feed to a stored, tagged article."""

import os

# The tagger's matrices are small: a second thread doubles what they cost and saves no time. numpy reads this when it is
# first imported, which sqlite-utils does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
