"""The JSON documents, each defined once: what ``--json`` prints and ``as_dict`` returns.

::

    from isotunnel import schemas

    schemas.document(schemas.Tunnels, result)    # plain values, keys as the shape has them
    schemas.validated(schemas.Tunnels, values)   # raises where values do not keep to it
    schemas.json_schema(schemas.Tunnels)         # JSON Schema with meanings and units

One module for each document; a shape's keys, types and bounds are its TypedDict, what they mean
stands in ``meanings.toml``. Names are imported on first use; pydantic only to validate.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
