"""danvan keeps three registers of an office of mass mobilization in one file and reports the year from them.

The rooms, from the door down; each imports only what stands below it:

    cli > session > render | store | exchange > queries | agenda
        > reports | deadlines | formatting > records | messages > periods > errors
"""

__version__ = "0.1.0"
