"""Blocks handed to a Dask scheduler instead of this computer's processes: the same sums, wherever they are played.

Only this module knows dask.distributed (extra `[cluster]`). A worker that dies loses only its blocks under way; the scheduler
gives them to another, and since a block's answer depends on nothing else, the sums stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from game.errors import UsageError
from game.paths import code_folder
from game.policies.simulation import Simulation
from game.weighing.batches import Answer, Block, Runner
from game.weighing.kernels import Tally

_runners: dict[str, Runner] = {}
WAIT = "20s"
"""How long to look for the scheduler."""


def play_there(deal: Simulation, block: Block) -> Tally:
    """On a worker: the sums of a block; what the scenario needs is made once a process."""
    if deal.hash not in _runners:
        _runners.clear()
        _runners[deal.hash] = Runner(deal, code_folder())
    return _runners[deal.hash].play(block)


@contextmanager
def cluster(deal: Simulation, address: str) -> Iterator[Answer]:
    """Gives a function blocks → their sums, in the order of the blocks. UsageError where there is no such cluster."""
    if find_spec("distributed") is None:
        raise UsageError("error.no_dask")
    from distributed import Client

    make: Any = Client
    try:
        client = make(address, timeout=WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError("error.no_cluster", address=address, why=str(error)[:200]) from error
    with client:
        shared = client.scatter(deal, broadcast=True)

        def answer(blocks: Sequence[Block]) -> Iterator[Tally]:
            futures = client.map(play_there, [shared] * len(blocks), blocks, pure=False, retries=3)
            for future in futures:
                yield future.result()

        yield answer
