from clepsydra.tui.openssl import keep_out

keep_out()  # before anything here imports the event loop
