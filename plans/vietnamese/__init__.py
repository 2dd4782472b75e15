"""Reading Vietnamese numbers, quantities, dates and spans of time as official documents write them.

Pure: text in, dataclasses out; neither Django nor the clock. Every place is a pair of offsets into the text that was
given, so that what was found can be shown beside the very words. What a number or a time *means* for a plan stands in
``targets.extraction`` and ``activities.extraction``.
"""
