"""The one exception of the engine."""

from json import dumps


class ScoringError(ValueError):
    """Input that cannot be scored: what is wrong, where, and what to do about it.

    `skill` is the key of the skill at fault, or None if the fault is not in one.
    """

    def __init__(self, problem: str, cure: str, *, skill: object = None) -> None:
        self.problem = problem
        self.cure = cure
        self.skill = skill
        place = "" if skill is None else f"skill {dumps(skill, default=str)}: "
        super().__init__(f"{place}{problem}; {cure}.")
