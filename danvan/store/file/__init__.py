"""The register file: its bytes and lines, who may write them, and the index that lets a reader pass over most."""
