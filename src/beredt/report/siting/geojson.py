"""Sites of an answer as GeoJSON, for any map."""

from __future__ import annotations

import json

from beredt.siting.sited import Sited


def sites_geojson(sited: Sited) -> str:
    """A point for every site, open ones and others, with what the best answer does with it.

    Properties: `id`, `name`, `status` (kept, new, given_up, not_used), `units`, `periods` (units by part of the week,
    where there are several), `existing`, `lock`.
    """
    best = sited.asked.answer
    features = []
    for site, row in sited.sites.items():
        number = sited.problem.site_number(site)
        properties: dict[str, object] = {
            "id": site,
            "name": row.name,
            "status": sited.status(site, best.chosen),
            "units": best.chosen.get(site, 0),
            "existing": bool(sited.problem.existing[number]),
            "lock": sited.lock(site),
        }
        if best.by_period:
            properties["periods"] = {period: units.get(site, 0) for period, units in best.by_period.items()}
        geometry = {"type": "Point", "coordinates": [row.lon, row.lat]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
