"""Mail that the person sent: folders are read and never changed, and nothing of a mail is stored."""
