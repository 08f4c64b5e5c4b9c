"""The few lines each shell needs to ask danvan; what to offer is decided by `answer`."""

BASH = r"""# danvan: completion for bash
_danvan() {
    local line shell=bash
    # While Tab walks through the candidates each one is put on the line as it is.
    [[ $COMP_TYPE == 37 || $COMP_TYPE == 42 ]] && shell=bash-menu
    COMPREPLY=()
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line == :files ]]; then
            compopt -o default
            COMPREPLY=()
            return
        fi
        [[ $line == *= ]] && compopt -o nospace
        COMPREPLY+=("$line")
    done < <("${COMP_WORDS[0]}" --complete "$shell" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o nosort -F _danvan danvan 2>/dev/null || complete -F _danvan danvan
"""

ZSH = r"""#compdef danvan
# danvan: completion for zsh
_danvan() {
    local line
    local -a values abouts more
    for line in "${(@f)$("${words[1]}" --complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        if [[ $line == :files ]]; then
            _files
            return
        fi
        [[ -z $line ]] && continue
        values+=("${line%%$'\t'*}")
        abouts+=("${line/$'\t'/  -- }")
    done
    [[ $values[1] == *= ]] && more=(-S '')
    (( $#values )) && compadd -U "${more[@]}" -V danvan -l -d abouts -a values
}
if [[ $funcstack[1] == _danvan ]]; then
    _danvan "$@"
else
    compdef _danvan danvan
fi
"""

FISH = r"""# danvan: completion for fish
function __danvan_complete
    set -l words (commandline -opc)
    set -l found ($words[1] --complete fish $words[2..-1] (commandline -ct | string collect --allow-empty) 2>/dev/null)
    if test "$found[1]" = :files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c danvan -f -k -a '(__danvan_complete)'
"""

POWERSHELL = r"""# danvan: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName danvan -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.ToString().Trim("'", '"') })
    $current = "$wordToComplete".Trim("'", '"')
    # An empty argument does not reach a program in every version, hence the point before the word.
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $lines = @(& $commandAst.CommandElements[0].ToString() --complete powershell @words ".$current" 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    if ($lines.Count -eq 0 -or $lines[0] -eq ':files') { return }
    foreach ($line in $lines) {
        $value, $about = "$line" -split "`t", 2
        if (-not $about) { $about = $value }
        $text = if ($value -match '^[\w./:=-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
    }
}
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}
