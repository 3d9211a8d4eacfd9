"""From work to money: documents, their numbers, what they say and what has become of them."""
