"""OpenSSL stays out of the program that is open all day: it opens no connection but local ones, and Python has its own
digests.

The standard library's event loop loads it for connections it may be asked for, its digests because they are faster
there; it takes 4.5 MB and a hundredth of a second. Whatever asks for encryption later still gets it.
"""

import sys
from importlib.util import find_spec

_OWN = ("_md5", "_sha1", "_sha3", "_blake2")
"""Python's own digests beside the second family, whose module has another name in other versions."""


def keep_out() -> None:
    """Load the event loop and the digests without it, where nothing has loaded it and Python was built with its own."""
    absent = {name for name in ("ssl", "_hashlib") if name not in sys.modules}
    if not (all(map(find_spec, _OWN)) and any(map(find_spec, ("_sha2", "_sha256")))):
        absent.discard("_hashlib")
    hidden: dict[str, object] = dict.fromkeys(absent)
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None: it cannot be imported
    try:
        import asyncio
        import hashlib
        import hmac

        del asyncio, hashlib, hmac
    finally:
        for name in absent:
            del sys.modules[name]
