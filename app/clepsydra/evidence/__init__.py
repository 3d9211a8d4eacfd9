"""What happened outside the microphone: phones, mail, presence. Each source reads only what the person named."""
