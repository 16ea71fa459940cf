"""What a target asks for and a person's answers in, a score and its reasons out.

Pure: knows no framework, no database, no clock and no setting, and imports the standard
library only. docs/scoring.md is the source. Read `inputs` for what goes in, `number` for
the number and the verdict, `result` for its reasons, then `likely_range` and `ladder`;
`parameters` holds every number that could be chosen otherwise.
"""
