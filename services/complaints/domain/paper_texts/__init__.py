"""What each paper says, put together from the case's history; how it is set is the gateway's."""
