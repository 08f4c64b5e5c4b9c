"""How values look in Vietnamese and English, and how they are read back.

Parsers and writers are inverse of each other: what danvan prints of a value it also accepts for it. Amounts
are whole đồng, areas whole m², fractions exact; halves round away from zero. Import the part that is needed:
the package itself loads none of them.
"""
