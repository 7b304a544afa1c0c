"""The demo bureau: the reference bureau of data/reference with made-up staff, loaded through the HTTP API like any other."""
