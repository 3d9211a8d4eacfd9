"""From work to documents: how they are composed, numbered and issued, and what has become of them."""
