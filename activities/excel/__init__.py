"""The calendar as a workbook, and outcomes of an activity that many units do, out and in."""
