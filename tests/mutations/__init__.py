"""Everything that others write, changed at random: no reader raises, none takes long, none fills the memory."""
