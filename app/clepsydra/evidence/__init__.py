"""What happened outside the microphone: phones, mail, chats, traces of work, presence. Read, never changed."""
