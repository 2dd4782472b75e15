"""What the demonstration year is made of: plain data, no ORM, no clock.

`units` the bodies, `people` the demo accounts, `indicators` the catalogue, `resolution_qna`
and `orientation_kgi` the two plans. Facts and figures follow two real documents of 2023-2024;
the wording is our own and names no private person. Members, states and outcomes are made up.
"""
