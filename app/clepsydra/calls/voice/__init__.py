"""Room mode: is there speech on the microphone that a person chose. Imported only when it was."""
