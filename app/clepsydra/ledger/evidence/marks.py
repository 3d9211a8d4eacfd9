"""Marks: keyed digests by which the log knows a happening again without saying anything of it."""

from collections.abc import Sequence

from clepsydra.domain.happenings import Happening
from clepsydra.store.ids import id_of_content

_SIZE = 16


def mark(happening: Happening, secret: bytes) -> str:
    """The mark of what one source told; the same in every copy of it that this log is shown."""
    from _blake2 import blake2b  # as in store.ids

    told = f"{happening.source}\0{happening.kind}\0{happening.key}"
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=_SIZE, key=secret).hexdigest()


def marks(happening: Happening, secrets: Sequence[bytes]) -> list[str]:
    """Its marks under every key, this log's own first."""
    return [mark(happening, secret) for secret in secrets]


def call_id(happening: Happening, client: str) -> str:
    """The id of the call that a list tells: the same in every log, and made of nothing that the log may not hold."""
    return id_of_content(happening.began, f"{happening.source} {happening.ended} {client}")
