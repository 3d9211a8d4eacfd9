"""Which programs hold the microphone, told by the sound system: no stream is opened, no sound comes in."""
