"""From a document to a draft: the upload, the job that reads it, and the screen on which a person checks what was read.

What the words mean is told by ``plans.sources`` and ``plans.outline``; what they promise by ``targets`` and
``activities``, which register their readers and their steps of the screen here (``steps``).
"""
