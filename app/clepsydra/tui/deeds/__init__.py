"""What the keys do, apart from the screens that have them."""
