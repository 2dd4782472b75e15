"""What is measured, by programs that start servers of their own: ``python -m benchmarks.NAME --help``.

Each makes its data by ``make_province``, checks that the answers were right before it counts the time, and ends
with one line of JSON. Results with machine and date: ``docs/performance.md``. Not a part of the portal, and not tests.
"""
