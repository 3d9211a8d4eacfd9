"""Sources of what happened outside the microphone."""
