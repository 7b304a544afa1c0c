"""Files that people upload as evidence: taken in as a stream, judged by their content, kept in a store, given out as attachments."""
