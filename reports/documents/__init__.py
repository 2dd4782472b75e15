"""Official documents: context → HTML → PDF.

`context` says what a document holds, `snapshot` freezes it as JSON, `words` turns figures into Vietnamese text,
`charts` into drawings, `render` into paper. None of them reads the database or the clock.
"""
