"""The manual page: its headings, the environment, the exit codes."""

ENTRIES = {
    "example.man": "danvan man -o danvan.1\ndanvan man | man -l -",
    "man.name": "NAME",
    "man.about": "registers and yearly report of mass mobilization work",
    "man.synopsis": "SYNOPSIS",
    "man.description": "DESCRIPTION",
    "man.commands": "COMMANDS",
    "man.environment": "ENVIRONMENT",
    "man.variable.DANVAN_DB": "the register file, in place of the one in the user's data folder",
    "man.variable.DANVAN_LANG": "the language: vi or en",
    "man.variable.DANVAN_TODAY": "a day to take for today",
    "man.variable.NO_COLOR": "if set, nothing is coloured",
    "man.exit": "EXIT STATUS",
    "man.exit.0": "done",
    "man.exit.1": "refused, or what was named does not exist",
    "man.exit.2": "the command line or a value in it cannot be understood",
    "man.exit.3": "the data has problems",
    "man.exit.4": "another process holds the register",
    "man.exit.5": "the register is damaged, of a newer format, or no register at all",
    "man.exit.6": "the disk or the file system said no",
    "man.exit.130": "interrupted",
}
