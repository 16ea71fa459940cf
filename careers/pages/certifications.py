"""All certifications side by side, or those that fit what the reader chose."""

from collections.abc import Mapping

from careers.addresses import certifications_url, level_url, skill_url
from careers.pages.parts import CertificationRow, CertificationsPage, Entry
from careers.pages.practice import SURE, entry_rule
from careers.pages.words import shown_of
from careers.shape import Certification, FrameworkSpec


def certifications_page(
    spec: FrameworkSpec, chosen: Mapping[str, str]
) -> CertificationsPage:
    """Everything that the page of certifications shows.

    `chosen` narrows it by the keys of a level and a skill and by an issuer; one that
    suits no level in particular is shown only where no level is chosen.
    """
    fitting = [each for each in spec.certifications if _fits(each, chosen)]
    return CertificationsPage(
        count=shown_of(
            len(fitting), len(spec.certifications), "certification", "certifications"
        ),
        rule=spec.certification_rule,
        rows=tuple(_row(spec, each) for each in fitting),
        all_url=certifications_url(spec),
        narrowed=bool(chosen),
    )


def _fits(each: Certification, chosen: Mapping[str, str]) -> bool:
    offered = {
        "level": set(each.suits),
        "skill": {support.skill for support in each.supports},
        "issuer": {each.issuer},
    }
    return all(value in offered[name] for name, value in chosen.items())


def _row(spec: FrameworkSpec, each: Certification) -> CertificationRow:
    return CertificationRow(
        name=each.name,
        issuer=each.issuer,
        suits=tuple(
            Entry(spec.levels_by_key[key].short_title, level_url(spec, key), "")
            for key in each.suits
        ),
        supports=tuple(
            Entry(
                spec.skills_by_key[support.skill].name,
                skill_url(spec, support.skill),
                f"up to {support.up_to}",
            )
            for support in each.supports
        ),
        entry=entry_rule(each),
        sure=SURE[each.verification],
        checked=each.checked,
        where=each.where,
        trust=each.sure,
    )
