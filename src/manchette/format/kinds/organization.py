"""Organizations (schema.org `Organization`, TEI `org`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from manchette.format.kinds.base import Entity, Kind
from manchette.format.scalars import Date


class Organization(Entity):
    """A body that an article names."""

    founded: Annotated[Date | None, Field(description="la date de fondation")] = None
    dissolved: Annotated[Date | None, Field(description="la date de dissolution")] = None


ORGANIZATION = Kind("organization", "organizations", Organization, "Organisation", "Organisations", "\ue005")
