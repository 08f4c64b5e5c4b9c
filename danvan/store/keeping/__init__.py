"""Care of a register that is there: looked through, mended, restored, and people erased from it."""
