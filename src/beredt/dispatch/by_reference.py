"""Tuples of arrays handed from one compiled function to another as one address.

numba hands a tuple over by value, every array in it as seven numbers: a call of a part of the kernel has hundreds of
arguments, and compiling these took most of the time of a first compile. So an entry point lays its tuples down in its
own memory once (`lay_down`), and hands on where they lie (decision 43).

The tuples themselves never change, only what their arrays hold; so the compiler is told that what it has read of a
tuple need not be read again.
"""

from __future__ import annotations

import hashlib
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, models, register_model


class Laid(types.Type):
    """Where a named tuple lies: numba's type."""

    def __init__(self, of: Any) -> None:
        self.of = of
        digest = hashlib.sha256(of.name.encode()).hexdigest()[:12]
        # It becomes part of the name of every function that takes one: the tuple's own is thousands of letters long.
        super().__init__(name=f"{of.instance_class.__name__}_{digest}")

    @property
    def key(self) -> Any:
        """Two are one type when their tuples are."""
        return self.of


@register_model(Laid)
class _LaidModel(models.PrimitiveModel):
    def __init__(self, manager: Any, laid: Laid) -> None:
        place = manager.lookup(laid.of).get_data_type().as_pointer()
        super().__init__(manager, laid, place)  # type: ignore[no-untyped-call]


def _lay_down(_context: Any, named_tuple: Any) -> Any:
    def build(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        model = context.data_model_manager[named_tuple]
        place = cgutils.alloca_once(builder, model.get_data_type())
        _store(builder, model, values[0], place)
        return place

    return Laid(named_tuple)(named_tuple), build


lay_down: Any = intrinsic(_lay_down)
"""Lays a named tuple down in the memory of the compiled function that calls it; it may be handed on, not out."""


@infer_getattr
class _FieldOfLaid(AttributeTemplate):
    key = Laid

    def generic_resolve(self, laid: Any, field: Any) -> Any:  # type: ignore[override]  # declared as a constant
        if field not in laid.of.fields:
            return None
        return _handed_on(laid.of[laid.of.fields.index(field)])


@lower_getattr_generic(Laid)  # type: ignore[untyped-decorator]
def _field_of_laid(context: Any, builder: Any, laid: Laid, place: Any, field: str) -> Any:
    at = laid.of.fields.index(field)
    inner, member = cgutils.gep_inbounds(builder, place, 0, at), laid.of[at]
    if isinstance(member, types.BaseNamedTuple):
        return inner
    return _load(builder, context.data_model_manager[member], inner)


def _handed_on(member: types.Type) -> types.Type:
    return Laid(member) if isinstance(member, types.BaseNamedTuple) else member


def _store(builder: Any, model: Any, value: Any, place: Any) -> None:
    """Number by number: the compiler handles a store of hundreds at once badly."""
    parts = _parts(model)
    if not parts:
        builder.store(model.as_data(builder, value), place)
    for at, inner in enumerate(parts):
        _store(builder, inner, builder.extract_value(value, at), cgutils.gep_inbounds(builder, place, 0, at))


def _load(builder: Any, model: Any, place: Any) -> Any:
    """Number by number: of a load of several at once the compiler would forget that they stay as they are."""
    parts = _parts(model)
    if not parts:
        loaded = builder.load(place)
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return model.from_data(builder, loaded)
    value = ir.Constant(model.get_value_type(), ir.Undefined)
    for at, inner in enumerate(parts):
        part = _load(builder, inner, cgutils.gep_inbounds(builder, place, 0, at))
        value = builder.insert_value(value, part, at)
    return value


def _parts(model: Any) -> tuple[Any, ...]:
    """The models of what a value is made of; empty for a single number."""
    if isinstance(model, models.UniTupleModel):
        return tuple(model.inner_models()) * len(model.fe_type)
    return tuple(model.inner_models()) if isinstance(model, models.StructModel) else ()
