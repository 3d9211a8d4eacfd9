"""Files of banks: what moved on an account, whatever the bank writes it in.

`registry.read` tells the format by the content and gives a `BankFile`; a reader is a pure function of bytes.
"""
