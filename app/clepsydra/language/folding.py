"""Text without case and accents, as the domain folds it."""

from clepsydra.domain.folding import folded as folded
