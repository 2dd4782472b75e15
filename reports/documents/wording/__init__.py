"""The words of a periodic report, edited part by part: every save is a version, none is ever written over.

``parts`` (pure: which words a report has), ``comparing`` (pure: what went and what came), ``versions`` (reading them),
``applying`` (what the job sets), ``services`` (saving, restoring, having figures gathered anew). Figures, tables and
annexes are never touched here.
"""
